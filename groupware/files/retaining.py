"""Which files have stayed for as long as the administrator has decided, for each kind of thing they hang on (the manifest's ``retained``)."""
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, exists, func, or_, select

from groupware.files.models import Blob, File, Hold, Retention
from groupware.files.permissions import Files, seen_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.house import house
from groupware.kernel.permissions import authorize
from groupware.kernel.ref import Ref

KEPT, WITH = "kept", "with"
TERMS = {KEPT: "削除しない", WITH: "付けたものがなくなるまで", **{years: f"{years}年" for years in ("1", "3", "5", "10", "30")}}
GRACE = timedelta(days=30)          # after a thing is over, within which it may still come back
LIFTED = timedelta(days=7)          # what was held stays so long after the hold is lifted
BATCH, NAMED, RUNS, LATELY = 500, 20, 12, timedelta(days=3)


class Aged(NamedTuple):
    """A file whose time is over, and whether it is held all the same."""

    number: int
    size: int
    held: bool


class Run(NamedTuple):
    """What was removed in one go."""

    at: datetime
    kind: str
    many: int
    size: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the coming night would remove of one kind, and how many only a hold keeps."""

    kind: str
    term: str
    numbers: tuple[int, ...]
    size: int
    held: int


def terms() -> dict[str, str]:
    """For every kind of thing on which files hang."""
    decided = {row.kind: row.term for row in db.session.scalars(select(Retention))}
    return {kind: decided.get(kind, KEPT) for kind in house.retained}


def terms_tonight() -> dict[str, str]:
    """Those that were decided on an earlier day: whoever decides at two in the morning has a day to think better of it too."""
    fresh = select(Retention.kind).where(Retention.decided_at >= _today())
    waiting = set(db.session.scalars(fresh))
    return {kind: term for kind, term in terms().items() if kind not in waiting}


def terms_of(kind: str) -> dict[str, str]:
    """Those there are to choose from, in words."""
    return {term: words for term, words in TERMS.items() if term != WITH or house.retained[kind].ended}


def over(kind: str, term: str) -> Iterator[Aged]:
    """The oldest first."""
    after = 0
    while term != KEPT and (rows := db.session.execute(_of_age(kind, term, after)).all()):
        gone = _gone(kind, [row.owner for row in rows]) if term == WITH else set()
        yield from (Aged(row.number, row.size, bool(row.held)) for row in rows if term != WITH or row.owner in gone)
        after = rows[-1].number


def foretell(wanted: Mapping[str, str]) -> list[Outcome]:
    return [_outcome(kind, term) for kind, term in wanted.items()]


def seal_of(outcomes: Sequence[Outcome]) -> str:
    """By which it is known that somebody has seen exactly this."""
    return sha256(repr([(each.kind, each.term, each.numbers) for each in outcomes]).encode()).hexdigest()


def named(actor: Actor, outcome: Outcome) -> list[File]:
    """The first of them whose names the actor may know: whoever decides for how long files stay reads none the more for it."""
    rows = db.session.scalars(select(File).where(File.number.in_(outcome.numbers[:NAMED])).order_by(File.number))
    return seen_of(actor, list(rows))


def tally() -> dict[str, tuple[int, int]]:
    """By kind: how many files there are, and how many bytes."""
    each = select(_kind().label("kind"), Blob.size).select_from(File).join(Blob).where(File.removed_at.is_(None)).subquery()
    rows = db.session.execute(select(each.c.kind, func.count(), func.sum(each.c.size)).group_by(each.c.kind))
    return {kind: (many, int(size)) for kind, many, size in rows if kind}


def runs() -> list[Run]:
    """The newest first."""
    each = select(File.removed_at.label("at"), _kind().label("kind"), Blob.size).select_from(File).join(Blob).where(
        File.removed_at.is_not(None)).subquery()
    asked = select(each.c.at, each.c.kind, func.count(), func.sum(each.c.size)).group_by(each.c.at, each.c.kind).order_by(each.c.at.desc())
    return [Run(at, kind, many, int(size)) for at, kind, many, size in db.session.execute(asked.limit(RUNS))]


def holds() -> list[Hold]:
    """Those that stand."""
    return list(db.session.scalars(select(Hold).where(Hold.ended_at.is_(None)).order_by(Hold.id)))


def ended_holds() -> list[Hold]:
    """The last to be lifted first."""
    return list(db.session.scalars(select(Hold).where(Hold.ended_at.is_not(None)).order_by(Hold.ended_at.desc(), Hold.id.desc()).limit(RUNS)))


def hold_for(actor: Actor, hold_id: int) -> Hold:
    authorize(actor, Files.RETAIN)
    hold = db.session.get(Hold, hold_id)
    if hold is None or hold.ended_at:
        raise NotFound
    return hold


def is_held() -> ColumnElement[bool]:
    """Asked of rows of File. One person alone lifts a hold: for a while it holds all the same, and another can place it anew."""
    return exists().where(
        or_(Hold.ended_at.is_(None), Hold.ended_at >= _today() - LIFTED), or_(Hold.kind.is_(None), File.owner.like(Hold.kind + ":%")),
        or_(Hold.person_id.is_(None), Hold.person_id == File.uploader_id),
        or_(Hold.since.is_(None), Hold.since <= File.created_at), or_(Hold.until.is_(None), Hold.until > File.created_at))


def erased_lately() -> list[str]:
    """Places whose bytes are to be no more: asked for again and again, so that no fall of a machine leaves any."""
    return list(db.session.scalars(select(Blob.place).where(Blob.erased_at > clock.now() - LATELY)))


def years_end(fiscal_year: int, years: int) -> date:
    """保存期間 is counted from the fiscal year after the one in which a file was sent: this is its last day."""
    return date(fiscal_year + 1 + years, clock.FISCAL_YEAR_STARTS, 1) - timedelta(days=1)


def _today() -> datetime:
    return datetime.combine(clock.today(), time(), clock.JST)


def _of_age(kind: str, term: str, after: int) -> Any:
    asked = select(File.number, File.owner, Blob.size, is_held().label("held")).join(Blob)
    asked = asked.where(File.owner.like(f"{kind}:%"), File.removed_at.is_(None), File.number > after).order_by(File.number).limit(BATCH)
    return asked if term == WITH else asked.where(File.created_at < _sent_before(int(term)))


def _sent_before(years: int) -> datetime:
    """Whatever was sent before this moment has been there for so many whole fiscal years."""
    first = date(clock.fiscal_year(clock.today()) - years, clock.FISCAL_YEAR_STARTS, 1)
    return datetime.combine(first, time(), clock.JST)


def _gone(kind: str, owners: Sequence[str]) -> set[str]:
    """Of these things those that have been over for long enough."""
    ended = house.retained[kind].ended
    found = ended({Ref.parse(owner).id for owner in owners}) if ended else {}
    return {str(Ref(kind, thing_id)) for thing_id, at in found.items() if at < clock.now() - GRACE}


def _outcome(kind: str, term: str) -> Outcome:
    rows = list(over(kind, term))
    going = [row for row in rows if not row.held]
    return Outcome(kind, term, tuple(row.number for row in going), sum(row.size for row in going), len(rows) - len(going))


def _kind() -> ColumnElement[str]:
    return case(*((File.owner.like(f"{kind}:%"), kind) for kind in house.retained), else_="")
