"""A port: the agendas of sittings to come, for whoever would have something spoken of there. Where nobody meets, a Null answer stands."""
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from groupware.kernel.actor import Actor
from groupware.kernel.errors import Unavailable
from groupware.kernel.house import house
from groupware.kernel.ref import Ref


@dataclass(frozen=True, slots=True)
class Gathering:
    """A sitting to come, whose agenda somebody prepares."""

    ref: Ref
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What shall be spoken of, and the thing it is about."""

    title: str
    note: str
    about: Ref


class AgendaDesk(Protocol):
    """次第: what others would have spoken of is put on it."""

    def ahead(self, actor: Actor) -> list[Gathering]:
        """The next one first."""

    def put(self, actor: Actor, sitting: Ref, topics: Sequence[Topic]) -> str:
        """All at once; what stands on it already is left out. The address of the agenda. Raises NotFound, Forbidden."""

    def standing(self, actor: Actor, sittings: Sequence[Ref]) -> set[Ref]:
        """About which things these speak already."""


class NoAgenda:
    """Nobody meets here."""

    def ahead(self, _: Actor) -> list[Gathering]:
        return []

    def put(self, *_: object) -> str:
        raise Unavailable("会議の機能がないため、次第に載せられません。")

    def standing(self, *_: object) -> set[Ref]:
        return set()


_no_agenda = NoAgenda()


def agenda_desk() -> AgendaDesk:
    found: AgendaDesk = house.ports.get(AgendaDesk, _no_agenda)
    return found
