"""What a feature knows of a person's day, for the first page. Each answer costs at most three questions, however much there is."""
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that somebody has to do. ``kind`` and ``act`` are a word each (要確認, 確認する); ``about`` says where it comes from.

    The first page puts them in order by ``due_at``; without one it comes last.
    """

    kind: str
    icon: str
    title: str
    url: str
    act: str
    about: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Engagement:
    """Where somebody has to be today. ``act`` is what one does there (資料を開く), ``about`` the place and what is to be known."""

    title: str
    url: str
    starts_at: datetime
    ends_at: datetime | None = None
    about: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Widget:
    """A section beside: ``template`` gets the widget itself; ``count`` carries its unit; the smaller ``order``, the higher it stands.

    ``sentence`` stands in the lead of the page: for what waits and is neither a ``Todo`` nor an ``Engagement``.
    """

    title: str
    count: str
    template: str
    rows: list[object]
    sentence: str = ""
    url: str = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class Happened:
    """What came about in the week of a section, as far as whoever looks may see it."""

    icon: str
    title: str
    url: str
    about: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Week:
    """Of these units: a section and all below it. ``until`` is the first moment after it."""

    units: frozenset[int]
    since: datetime
    until: datetime
