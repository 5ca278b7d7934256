"""For whom something is meant: circles to reach, circles it is narrowed to, exceptions; resolved by the database, never one by one."""
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Select, intersect, select

from groupware.directory.queries.circles import circle_names, people_in

TO, ONLY, WITHOUT = "to", "only", "without"        # of these, of these only those who are also, but not these
Part = tuple[str, str]          # (to | only | without, circle)


def reached_by(parts: Iterable[Part]) -> Select[int]:
    """Ids: of those it is meant for, only those who are also of each kind of circle asked for, but not the exceptions."""
    by_part = _by_part(parts)
    asked = [people_in(by_part[TO]), *(people_in(circles) for circles in _by_kind(by_part[ONLY]))]
    meant = asked[0] if len(asked) == 1 else select(intersect(*asked).subquery().c[0])
    if not by_part[WITHOUT]:
        return meant
    people = meant.subquery()
    return select(people.c[0]).where(people.c[0].not_in(people_in(by_part[WITHOUT])))


def words_of(parts: Iterable[Part]) -> str:
    """総務部とその下（課長だけ、窓口係を除く）"""
    parts = list(parts)
    names, by_part = circle_names(who for _, who in parts), _by_part(parts)
    said = {part: "・".join(names.get(who, who) for who in circles) for part, circles in by_part.items()}
    more = [f"{said[ONLY]}だけ"] * bool(said[ONLY]) + [f"{said[WITHOUT]}を除く"] * bool(said[WITHOUT])
    return said[TO] + (f"（{'、'.join(more)}）" if more else "")


def _by_part(parts: Iterable[Part]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {TO: [], ONLY: [], WITHOUT: []}
    for part, who in parts:
        found[part].append(who)
    return found


def _by_kind(circles: Iterable[str]) -> list[list[str]]:
    """Posts among themselves are alternatives, and so are kinds; a post and a kind are both asked for."""
    found: dict[str, list[str]] = defaultdict(list)
    for who in circles:
        found[who.partition(":")[0]].append(who)
    return list(found.values())
