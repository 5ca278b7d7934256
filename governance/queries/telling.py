"""What is tied to a measure, as far as one person is shown it, from the newest on: by what owners tell in SQL, and by their cards."""
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Row, and_, bindparam, cast, func, literal, or_, select, text, union_all
from sqlalchemy.orm import aliased

from governance.models.plan import Measure
from governance.models.ties import LASTING, Tie
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, cards_for, has_sight, seen_by_sight, sight_of

NEAR, FARTHEST, FEW = 100, 16_000, 20
Place = tuple[datetime, int]
EVER = datetime(1970, 1, 1, tzinfo=UTC)
COLUMNS = (Tie.id, Tie.about, Tie.author_id, Tie.at)


@dataclass(frozen=True, slots=True)
class Tied:
    at: datetime
    id: int
    ref: Ref
    author_id: int

    @property
    def place(self) -> Place:
        return self.at, self.id


class Teller:
    """``near``: the newest of every kind. Where there is much of a kind, cards are asked for only of what will be shown: see ``look_at``."""

    def __init__(self, actor: Actor, measure: Measure) -> None:
        self.actor, self.measure, self.cards = actor, measure, dict[Ref, Card]()
        found = [_tied(row) for row in db.session.execute(_near(), {"measure": measure.id, "most": NEAR})]
        many = Counter(each.ref.kind for each in found)
        self.ends = {each.ref.kind: each.place for each in found if many[each.ref.kind] >= NEAR}
        much = [each.ref for each in found if many[each.ref.kind] > FEW and has_sight(each.ref.kind)]
        self.near = self._shown(found, seen_by_sight(actor, much), set(much))

    def back(self, kind: str, wanted: int, beside: Collection[datetime]) -> list[Tied]:
        """Of one kind or of all that belong to a moment: so many, those ``beside`` counted in, or all there are."""
        told = [each for each in self.near if _is_of(kind, each.ref.kind)]
        ends, most = {each: place for each, place in self.ends.items() if _is_of(kind, each)}, wanted
        while ends and _reached(max(ends.values())[0], [*beside, *(each.at for each in told)]) < wanted:
            found = self._past(ends, most)
            sure = {each.ref for each in found if has_sight(each.ref.kind)}
            told += self._shown(found, sure, sure)
            ends = {each: min(place, found[-1].place) for each, place in ends.items()} if len(found) == most else {}
            most = min(4 * most, FARTHEST)
        return told

    def look_at(self, refs: Iterable[Ref]) -> None:
        self.cards.update(cards_for(self.actor, [ref for ref in refs if ref not in self.cards]))

    def _shown(self, found: Collection[Tied], seen: Collection[Ref], judged: Collection[Ref]) -> list[Tied]:
        """Of others than were ``judged`` by sight, whoever has a card."""
        self.look_at(each.ref for each in found if each.ref not in judged)
        return [each for each in found if each.ref in seen or (each.ref in self.cards and each.ref not in judged)]

    def _past(self, ends: Mapping[str, Place], most: int) -> list[Tied]:
        asked = union_all(*(self._of(kind, place) for kind, place in ends.items())).order_by(text("at desc, id desc")).limit(most)
        return [_tied(row) for row in db.session.execute(asked)]

    def _of(self, kind: str, place: Place) -> Any:
        """Not a row for each that the actor does not see."""
        past = or_(Tie.at < place[0], and_(Tie.at == place[0], Tie.id < place[1]))
        asked: Any = select(*COLUMNS).where(Tie.measure_id == self.measure.id, Tie.kind == kind, past)
        if not has_sight(kind):
            return asked
        sight, number = sight_of(self.actor, kind)
        return asked.where(sight.where(number == cast(func.substr(Tie.about, len(kind) + 2), BigInteger)).exists())


def _reached(edge: datetime, moments: Iterable[datetime]) -> int:
    return sum(at >= edge for at in moments)


def _tied(row: Row[Any]) -> Tied:
    return Tied(row.at, row.id, Ref.parse(row.about), row.author_id)


def _is_of(kind: str, each: str) -> bool:
    return each == kind or (not kind and each not in LASTING)


@cache
def _near() -> Any:
    """Along one index, kind by kind: as many rows are read after five years as after one."""
    here: Any = bindparam("measure")
    every, old = aliased(Tie), aliased(Tie)
    kinds = select(func.min(Tie.kind).label("kind")).where(Tie.measure_id == here).cte(recursive=True)
    following = select(func.min(every.kind)).where(every.measure_id == here, every.kind > kinds.c.kind).correlate(kinds).scalar_subquery()
    kinds = kinds.union_all(select(following).where(kinds.c.kind.is_not(None)))
    edge = (select(old.at).where(old.measure_id == here, old.kind == kinds.c.kind).order_by(old.at.desc()).limit(1)
            .offset(bindparam("most") - 1).correlate(kinds).scalar_subquery())
    since = select(kinds.c.kind, func.coalesce(edge, literal(EVER, type_=Tie.at.type)).label("at")).where(kinds.c.kind.is_not(None)).cte()
    return (select(*COLUMNS).join(since, Tie.kind == since.c.kind).where(Tie.measure_id == here, Tie.at >= since.c.at)
            .order_by(Tie.at.desc(), Tie.id.desc()))
