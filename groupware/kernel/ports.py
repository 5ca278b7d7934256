"""Questions a feature asks without knowing who answers. Where nobody does, a Null answer stands."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Integer, Select, String, cast, false, null, select

from groupware.kernel.actor import Actor
from groupware.kernel.errors import Unavailable
from groupware.kernel.house import house
from groupware.kernel.ref import Ref


@dataclass(frozen=True, slots=True)
class Seat:
    """Who decides a step: whoever holds ``post`` in a unit on the day of deciding, or one person by name."""

    unit_id: int | None = None
    post: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """How the last asking about a thing stands. ``state``: waiting, granted, returned, withdrawn.

    ``ref``: the asking itself; ``by``: id of whoever asked.
    """

    ref: Ref
    state: str
    url: str
    words: str
    reason: str = ""
    by: int = 0


class ApprovalDesk(Protocol):
    """決裁をあおぐ. The answer is an event of ``groupware.approvals.events`` with the thing's Ref."""

    def ask(self, actor: Actor, ref: Ref, route: Sequence[Seat], title: str, summary: str = "") -> int:
        """Inside a command of the feature. Raises Invalid for a step that nobody could decide, Conflict while the thing is asked about already."""

    def withdraw(self, actor: Actor, ref: Ref) -> None:
        """By whoever asked, while it waits. Raises NotFound, Forbidden."""

    def route_up(self, actor: Actor, steps: int = 1) -> tuple[Seat, ...]:
        """The head of the actor's 課, then of what stands above it: never a seat the actor holds."""

    def standing(self, ref: Ref) -> Asked | None:
        """None: nobody has ever asked about it."""

    def holds(self, actor: Actor, ref: Ref) -> bool:
        """Whether the actor decides, or has decided, about it: so they must be able to see it."""

    def held(self, actor: Actor, kind: str) -> Select[int]:
        """Ids of the things of a kind that the actor ``holds``, for a question about visible things."""


class NoDesk:
    """Nobody decides here."""

    def ask(self, *_: object, **__: object) -> int:
        raise Unavailable("決裁の窓口がないため、あおげません。情報担当にお尋ねください。")

    withdraw = ask

    def route_up(self, *_: object, **__: object) -> tuple[Seat, ...]:
        return ()

    def standing(self, _: Ref) -> None:
        return None

    def holds(self, *_: object) -> bool:
        return False

    def held(self, *_: object) -> Select[int]:
        return select(cast(null(), Integer)).where(false())


_nobody = NoDesk()


def approval_desk() -> ApprovalDesk:
    found: ApprovalDesk = house.ports.get(ApprovalDesk, _nobody)
    return found


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many sections have a digital leader, of how many; ``url``: where that is shown."""

    filled: int
    sections: int
    url: str = ""


class LeaderCoverage(Protocol):
    """デジタルリーダーの充足."""

    def covered(self, actor: Actor) -> Coverage | None:
        """None: nobody keeps count here, or this actor may not know."""


class NoCount:
    def covered(self, _: Actor) -> None:
        return None


_uncounted = NoCount()


def leader_coverage() -> LeaderCoverage:
    found: LeaderCoverage = house.ports.get(LeaderCoverage, _uncounted)
    return found


@dataclass(frozen=True, slots=True)
class Band:
    """A group of the directory that works together: ``people`` are all who are in it, ``leads`` those of them who call the others together."""

    group_id: int
    name: str
    purpose: str
    people: tuple[int, ...]
    leads: tuple[int, ...]


class GroupPlace(Protocol):
    """A place that a feature opens for a group (a room, a board, a body that meets). Each act is inside a command of whoever keeps the group."""

    def open(self, band: Band) -> Ref:
        """Nobody but the group gets in."""

    def follow(self, ref: Ref, band: Band) -> None:
        """At once: who has left the group is out, who has come is in."""

    def close(self, ref: Ref) -> None:
        """Nothing more is written there; what there is stays readable for the group."""


def group_places() -> Mapping[str, GroupPlace]:
    """By the kind of thing each opens; empty in a house where nobody does."""
    return house.group_places


@dataclass(frozen=True, slots=True)
class Whereabout:
    """Where somebody is in this half of the day, and how they are reached: 在宅, チャットのみ."""

    place: str
    reach: str
    note: str = ""


class Whereabouts(Protocol):
    """在席. Only for colleagues: whoever asks has shown that the actor is one."""

    def of(self, user_ids: Sequence[int]) -> dict[int, Whereabout]:
        """Of those who are not in the office as ever. One question."""


class Nowhere:
    def of(self, _: Sequence[int]) -> dict[int, Whereabout]:
        return {}


_nowhere = Nowhere()


def whereabouts() -> Whereabouts:
    found: Whereabouts = house.ports.get(Whereabouts, _nowhere)
    return found


@dataclass(frozen=True, slots=True)
class Crew:
    """A team as somebody may tie a thing to it. ``role``: their own in it, "" for none; ``leads``: they speak for it; ``unit_id``: its 主管課."""

    ref: Ref
    name: str
    unit_id: int
    role: str = ""
    leads: bool = False


class TeamRoll(Protocol):
    """Which teams there are for somebody, without knowing what a team is."""

    def mine(self, actor: Actor) -> Sequence[Crew]:
        """Those the actor is in today, running or ended. One question."""

    def refs(self, actor: Actor) -> Select[str]:
        """Of the same, to be asked within another question."""

    def running(self) -> Sequence[Crew]:
        """All at work: for whoever has shown that they may know of them. One question."""

    def people(self, refs: Sequence[Ref]) -> dict[Ref, list[int]]:
        """Ids of who speaks for each today. One question."""


class NoTeams:
    def mine(self, _: Actor) -> tuple[Crew, ...]:
        return ()

    def refs(self, _: Actor) -> Select[str]:
        return select(cast(null(), String)).where(false())

    def running(self) -> tuple[Crew, ...]:
        return ()

    def people(self, _: Sequence[Ref]) -> dict[Ref, list[int]]:
        return {}


_no_teams = NoTeams()


def team_roll() -> TeamRoll:
    found: TeamRoll = house.ports.get(TeamRoll, _no_teams)
    return found


class PlanMeasures(Protocol):
    """The measures of the plan in force, which everybody may read."""

    def all(self) -> Sequence[tuple[str, str]]:
        """(M03, its name), in their order. One question."""


class NoPlan:
    def all(self) -> tuple[tuple[str, str], ...]:
        return ()


_no_plan = NoPlan()


def plan_measures() -> PlanMeasures:
    found: PlanMeasures = house.ports.get(PlanMeasures, _no_plan)
    return found
