"""What reactions may yield to reach open browsers. A topic is ``<package>.<noun>:<id>`` or ``user:<id>``."""
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Broadcast:
    """``event`` goes with ``payload`` to every connection that follows ``topic``; rendered for nobody in particular."""

    topic: str
    event: str
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Follow:
    """These people have a right to what goes to ``topic``, if the database still says so when it is carried out."""

    user_ids: tuple[int, ...]
    topic: str


@dataclass(frozen=True, slots=True)
class Unfollow:
    """And these no more, unless they have it again. Yield it *within* as well: the row closes the door in every process, whatever happens."""

    user_ids: tuple[int, ...]
    topic: str


@dataclass(frozen=True, slots=True)
class Besides:
    """``event`` goes to the other screens of some people: for each (person, payload, the connection that need not be told, or "")."""

    event: str
    told: list[tuple[int, dict[str, Any], str]]


@dataclass(frozen=True, slots=True)
class Present:
    """Who has a place on the screen in the process ``origin``, each as (id, name, away, writing). Of the moment: never kept anywhere.

    ``asks``: what the others know of this place has not been heard yet.
    """

    place: str
    origin: str
    people: list[tuple[int, str, bool, bool]]
    asks: bool = False


Effect = Broadcast | Follow | Unfollow | Besides | Present
EFFECTS: dict[str, type[Effect]] = {kind.__name__: kind for kind in (Broadcast, Follow, Unfollow, Besides, Present)}
