"""The casebook, and what a year came to: always of what one may see, each piece counted once."""
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from advice.models import ADOPTED, BEFORE, COMING, HELD, OPEN, PARTLY, REJECTED, SORTS, USED, Advice
from advice.permissions import headed, in_team, sections_of, visible_advice
from groupware.directory.queries import units_by_id
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor

PAGE, MOST = 30, 5_000
EARLIEST, LATEST = 1900, 9_000
SHOWN = {"used": "採用・一部採用", "mine": "自分がかかわるもの", "open": "対応待ち・保留", "rejected": "不採用", "coming": "依頼中", "all": "すべて"}
WAITING = "waiting"
COLUMNS = {ADOPTED: "採用", PARTLY: "一部採用", REJECTED: "不採用", HELD: "保留", WAITING: "対応待ち"}


@dataclass(frozen=True, slots=True)
class Sought:
    """``year`` is a 年度, 0 for any."""

    show: str = "used"
    measure: str = ""
    year: int = 0
    unit_id: int = 0
    text: str = ""

    @classmethod
    def parse(cls, args: Any) -> "Sought":
        """Whatever is no filter filters nothing."""
        show, year, unit = (str(args.get(name) or "") for name in ("show", "year", "unit"))
        return cls(show if show in SHOWN else "used", str(args.get("measure") or "")[:3], _whole(year, 4), _whole(unit, 15),
                   str(args.get("q") or "").strip()[:60])

    @property
    def narrowed(self) -> bool:
        return bool(self.measure or self.year or self.unit_id or self.text)

    def as_args(self) -> dict[str, Any]:
        said = {"show": self.show, "measure": self.measure, "year": self.year, "unit": self.unit_id, "q": self.text}
        return {name: value for name, value in said.items() if value}


@dataclass(slots=True)
class Line:
    """What was given, by what became of it. ``rate``: of those decided, how many in a hundred are used."""

    counts: Counter[str] = field(default_factory=Counter)
    minutes: int = 0

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def used(self) -> int:
        return self.counts[ADOPTED] + self.counts[PARTLY]

    @property
    def decided(self) -> int:
        return self.used + self.counts[REJECTED]

    @property
    def rate(self) -> int | None:
        return round(100 * self.used / self.decided) if self.decided else None


@dataclass(frozen=True, slots=True)
class Year:
    """``whole`` counts each piece once; one that belongs to two measures stands in two lines of ``measures``."""

    whole: Line
    sorts: dict[str, Line]
    measures: dict[str, Line]
    units: dict[int, Line]


def found(actor: Actor, sought: Sought, page: int = 1) -> tuple[list[Advice], int]:
    """Two questions, however much there is."""
    asked = _asked(actor, sought)
    total = db.session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    newest = asked.order_by(Advice.given_on.desc().nulls_first(), Advice.id.desc())
    return list(db.session.scalars(newest.limit(PAGE).offset((page - 1) * PAGE))), total


def all_found(actor: Actor, sought: Sought) -> list[Advice]:
    return list(db.session.scalars(_asked(actor, sought).order_by(Advice.given_on.desc(), Advice.id.desc()).limit(MOST)))


def years_seen(actor: Actor) -> list[int]:
    first = db.session.scalar(select(func.min(Advice.given_on)).where(Advice.id.in_(visible_advice(actor))))
    now = clock.fiscal_year(clock.today())
    return list(range(now, clock.fiscal_year(first) - 1 if first else now - 1, -1))


def year_of(actor: Actor, year: int) -> Year:
    """One question."""
    given = select(Advice.state, Advice.decision, Advice.sort, Advice.measures, Advice.unit_id, Advice.minutes)
    return summed(db.session.execute(given.where(_in_year(year), Advice.state.not_in(BEFORE), Advice.id.in_(visible_advice(actor)))))


def summed(rows: Iterable[Any]) -> Year:
    made = Year(Line(), {sort: Line() for sort in SORTS}, {}, {})
    for row in rows:
        lines = [made.whole, made.sorts[row.sort], made.units.setdefault(row.unit_id, Line())]
        lines += [made.measures.setdefault(code, Line()) for code in row.measures.split()]
        for line in lines:
            line.counts[outcome(row.state, row.decision)] += 1
            line.minutes += row.minutes
    return made


def outcome(state: str, decision: str) -> str:
    """Under which column it is counted."""
    if state in USED:
        return decision
    return state if state in {REJECTED, HELD} else WAITING


def decisions_waiting(actor: Actor) -> Sequence[Advice]:
    """What waits for this very person: to answer an asking, to confirm words, to decide for a section. One question."""
    me = Advice.author_id == actor.user_id
    mine = and_(me, or_(Advice.state.in_(COMING), Advice.wording == "proxy"))
    over = and_(Advice.state == HELD, Advice.until <= clock.today())
    theirs = and_(_answered_by(actor), or_(Advice.state.in_(("given", "answered")), over))
    return db.session.scalars(select(Advice).where(or_(mine, theirs)).order_by(Advice.given_on, Advice.id)).all()


def _answered_by(actor: Actor) -> ColumnElement[bool]:
    """The sections one heads; for 行政管理課 also those that are no more."""
    if actor.outside:
        return false()
    own = Advice.unit_id.in_(headed(actor))
    return or_(own, Advice.unit_id.not_in(list(units_by_id()))) if actor.has("steering") else own


def _asked(actor: Actor, sought: Sought) -> Select[Any]:
    asked = select(Advice).where(Advice.id.in_(visible_advice(actor)), *_states(actor, sought.show))
    if sought.measure:
        asked = asked.where(Advice.measures.contains(sought.measure, autoescape=True))
    if sought.year:
        asked = asked.where(_in_year(sought.year))
    if sought.unit_id:
        asked = asked.where(Advice.unit_id == sought.unit_id)
    for word in sought.text.split():
        asked = asked.where(or_(*(column.ilike(f"%{_plain(word)}%", escape="\\") for column in
                                  (Advice.title, Advice.body, Advice.reason, Advice.effect, Advice.author_name))))
    return asked


def _states(actor: Actor, show: str) -> list[Any]:
    if show == "mine":
        own = (Advice.author_id, Advice.asker_id, Advice.recorder_id)
        return [or_(*(column == actor.user_id for column in own), in_team(actor),
                    Advice.unit_id.in_([] if actor.outside else sections_of(actor)))]
    states = {"used": USED, "open": OPEN, "rejected": (REJECTED,), "coming": COMING}.get(show)
    return [Advice.state.in_(states)] if states else []


def _in_year(year: int) -> Any:
    known = min(max(year, EARLIEST), LATEST)
    return Advice.given_on.between(date(known, 4, 1), date(known + 1, 3, 31))


def _plain(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _whole(text: str, most: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else 0
