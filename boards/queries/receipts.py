"""Read truth: by unit and by name, from the same rows, so that they cannot differ."""
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, select, text

from boards.models.notices import CIRCULATE, OPEN, PRESSED, Notice
from boards.models.receipts import Receipt, Reminder, Snapshot
from boards.permissions import Sheet
from groupware.directory.queries import PersonCard, UnitNode, people_cards, unit_tree
from groupware.kernel import clock, db

DONE, OPENED, UNREAD = "done", "opened", "unread"
STATES = {DONE: "確認", OPENED: "既読のみ", UNREAD: "未読"}


@dataclass(slots=True)
class Tally:
    """A unit with all below it: how many are done, have only opened it, have not opened it."""

    id: int
    name: str
    done: int = 0
    opened: int = 0
    unread: int = 0
    own: int = 0                # of them in the unit itself
    below: list["Tally"] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.done + self.opened + self.unread

    @property
    def missing(self) -> int:
        return self.opened + self.unread


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the people are, seen by somebody; ``whole``: all of them, not only those of one's own units."""

    total: Tally
    whole: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    card: PersonCard
    state: str
    receipt: Receipt


def state_of(notice: Notice) -> ColumnElement[str]:
    """done, opened, unread: of a row of ``Receipt``. What is only told is done by opening it; of a round the stamps are counted by its steps."""
    done = Receipt.confirmed >= notice.asked if notice.strength in PRESSED else Receipt.opened_at.is_not(None)
    return case((done, DONE), (Receipt.opened_at.is_not(None), OPENED), else_=UNREAD)


def standing(sheet: Sheet) -> Standing:
    """The tree of units with their bars. Two queries, however many people."""
    counted = (select(Receipt.unit_id, state_of(sheet.notice).label("state"), func.count()).where(*_watched(sheet))
               .group_by(Receipt.unit_id, text("state")))
    return Standing(_tree(db.session.execute(counted).all()), sheet.sends, clock.now())


def standing_then(sheet: Sheet) -> Standing | None:
    """As it stood at the due date."""
    if sheet.notice.frozen_at is None:
        return None
    counted = (select(Snapshot.unit_id, Snapshot.state, func.count()).where(Snapshot.notice_id == sheet.notice.id)
               .group_by(Snapshot.unit_id, Snapshot.state))
    if not sheet.sends:
        counted = counted.where(Snapshot.unit_id.in_(sheet.heads))
    return Standing(_tree(db.session.execute(counted).all()), sheet.sends, sheet.notice.frozen_at)


def readers(sheet: Sheet, unit_id: int | None = None) -> list[Reader]:
    """By name, the missing first; of one unit itself (0: of none), or of all that one may watch."""
    state = state_of(sheet.notice)
    asked = select(Receipt, state).where(*_watched(sheet))
    rows = db.session.execute(asked.where(Receipt.unit_id == unit_id) if unit_id is not None else asked).all()
    cards = people_cards(receipt.user_id for receipt, _ in rows)
    order = [UNREAD, OPENED, DONE]
    found = [Reader(cards[receipt.user_id], state, receipt) for receipt, state in rows if receipt.user_id in cards]
    return sorted(found, key=lambda each: (order.index(each.state), each.card.kana))


def missing(sheet: Sheet, units: Iterable[int] | None) -> Select[int]:
    """Ids of those who have not done what is asked, in these units or anywhere; of a round, of those with whom it lies."""
    left = Receipt.waiting if sheet.notice.strength == CIRCULATE else state_of(sheet.notice) != DONE
    asked = select(Receipt.user_id).where(*_watched(sheet), left)
    return asked if units is None else asked.where(Receipt.unit_id.in_(list(units)))


def reminders_of(notice: Notice) -> list[Reminder]:
    return list(db.session.scalars(select(Reminder).where(Reminder.notice_id == notice.id).order_by(Reminder.id.desc()).limit(10)))


def units_below(unit_id: int) -> set[int]:
    """The unit and all below it, as they stand today."""
    return {node.id for root in unit_tree() for top in root.walk() if top.id == unit_id for node in top.walk()} or {unit_id}


def waiting_for(user_id: int) -> Select[Any]:
    """Receipts with something left to do, of notices that are up when it is asked."""
    now = bindparam(None, callable_=clock.now, type_=Notice.__table__.c.ends_at.type)
    current = and_(Notice.state == OPEN, (Notice.ends_at.is_(None)) | (Notice.ends_at > now))
    return (select(Receipt).join(Notice, Notice.id == Receipt.notice_id)
            .where(Receipt.user_id == user_id, Receipt.waiting, Receipt.gone_at.is_(None), current))


def badge(user_id: int) -> Select[Any]:
    return select(func.count()).select_from(waiting_for(user_id).subquery())


def _watched(sheet: Sheet) -> list[ColumnElement[bool]]:
    """The sending side sees all, whoever heads a unit those in it and below."""
    rows = [Receipt.notice_id == sheet.notice.id, Receipt.gone_at.is_(None)]
    return rows if sheet.sends else [*rows, Receipt.unit_id.in_(sheet.heads)]


def _tree(rows: Iterable[Any]) -> Tally:
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for unit_id, state, number in rows:
        counts[unit_id][state] += number
    known = unit_tree()
    tallies = [tally for tally in (_tally(root, counts) for root in known) if tally.total]
    lost = counts.keys() - {node.id for root in known for node in root.walk()}
    tallies += [_counted(Tally(0, "所属なし"), counts[unit_id]) for unit_id in lost]
    return _sum(tallies)


def _tally(node: UnitNode, counts: dict[int, dict[str, int]]) -> Tally:
    own = _counted(Tally(node.id, node.name), counts.get(node.id, {}))
    own.own = own.total
    for below in (_tally(child, counts) for child in node.children):
        if below.total:
            own.below.append(below)
            _add(own, below)
    return own


def _counted(tally: Tally, states: dict[str, int]) -> Tally:
    tally.done, tally.opened, tally.unread = (states.get(state, 0) for state in (DONE, OPENED, UNREAD))
    tally.own = tally.total
    return tally


def _sum(tallies: list[Tally]) -> Tally:
    """All of them; a single root steps back behind the units below it."""
    whole = Tally(0, "全体", below=tallies)
    for tally in tallies:
        _add(whole, tally)
    while len(whole.below) == 1 and whole.below[0].below:
        whole.below = _unfolded(whole.below[0])
    return whole


def _unfolded(tally: Tally) -> list[Tally]:
    """Its own people as a line of their own, then the units below it."""
    own = Tally(tally.id, f"{tally.name}（直属）", own=tally.own)
    own.done, own.opened, own.unread = (getattr(tally, state) - sum(getattr(below, state) for below in tally.below)
                                        for state in (DONE, OPENED, UNREAD))
    return ([own] if own.total else []) + tally.below


def _add(to: Tally, tally: Tally) -> None:
    to.done, to.opened, to.unread = to.done + tally.done, to.opened + tally.opened, to.unread + tally.unread
