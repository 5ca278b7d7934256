"""How a feature lets its things be found: it says what there is to find, in which circle, and which of its events touch it."""
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from groupware.kernel.ref import Ref


@dataclass(frozen=True, slots=True)
class Document:
    """A thing as it is searched. Plain text, never HTML or Markdown.

    ``audience`` names the circle that may find it (``chat.room:42``), never people: who is in it is asked at every search.
    ``labels`` are what ``has:`` and other words of the question ask for (``has:file``, ``measure:M07``). ``part``: the page of a file.
    """

    ref: Ref
    audience: str
    at: datetime
    body: str
    title: str = ""
    author_id: int | None = None
    labels: tuple[str, ...] = ()
    part: int = 0


@dataclass(frozen=True)
class Findable:
    """A kind of things. ``words``: what may stand behind 種類:, the first is its name on the screen.

    ``documents`` gives those of these ids that are there now; ``ids`` the next ids after one, for building the whole index.
    ``following``: what hangs on these things and is found, or not, with them. ``lasting``: belongs to no moment (people, rooms);
    shown before what was said. ``parts``: of things with many parts just these (id, part), for showing them.
    """

    words: tuple[str, ...]
    icon: str
    documents: Callable[[Collection[int]], Iterable[Document]]
    ids: Callable[[int, int], list[int]]
    following: Callable[[Collection[Ref]], Iterable[Ref]] | None = None
    lasting: bool = False
    parts: Callable[[Collection[tuple[int, int]]], Iterable[Document]] | None = None


@dataclass(frozen=True, slots=True)
class Touched:
    """Effect, *within* the command: what is found of this thing is no longer true, or it is gone."""

    ref: Ref
