"""Sittings are planned, changed, called, cancelled."""
from sqlalchemy import update

from groupware.directory.queries import people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid
from meetings.events import SittingCalled, SittingCancelled, SittingChanged, SittingPlanned
from meetings.forms import SittingDraft
from meetings.models.bodies import ROLES, SECRETARY, Body, closest
from meetings.models.sittings import CALLED, CANCELLED, PLANNED, REPORT, Item, Sitting
from meetings.pace import opening_of
from meetings.permissions import Meetings, Seat, Table
from meetings.queries.bodies import seat_for
from meetings.queries.items import items_of, items_that_come_again
from meetings.queries.results import are_actions_open
from meetings.queries.sittings import last_of, table_for
from meetings.series_drafts import SeriesDraft

CARRIED, CARRIED_MINUTES = "前回までの対応事項", 10
STALE = "ほかの人が先に直しました。いまの内容を確かめて、もう一度直してください。"


@command(Meetings.PLAN, on=seat_for)
def plan_sitting(actor: Actor, seat: Seat, draft: SittingDraft) -> int:
    """The body's next one, like the last one if so wished: its items with their lengths, without papers. What is still to be done comes first."""
    sitting_id = _plan(seat, draft, last_of(seat.body), carries=are_actions_open(seat.body.id))
    record(actor, SittingPlanned(sitting_id))
    return sitting_id


@command(Meetings.PLAN, on=seat_for)
def plan_series(actor: Actor, seat: Seat, series: SeriesDraft) -> list[int]:
    """All of them or none. Each is like the last one before them; by the second there may be something to do from the first."""
    last, carries = last_of(seat.body), are_actions_open(seat.body.id)
    planned = [_plan(seat, draft, last, carries=carries or place > 0) for place, draft in enumerate(series.sittings)]
    for sitting_id in planned:
        record(actor, SittingPlanned(sitting_id))
    return planned


@command(Meetings.PREPARE, on=table_for)
def change_sitting(actor: Actor, table: Table, draft: SittingDraft) -> None:
    """Nobody's change is overwritten: who was looking at an older version is refused."""
    sitting = table.sitting
    if sitting.version != draft.version:
        raise Conflict(STALE)
    moved = (sitting.starts_at, sitting.place) != (draft.starts_at, draft.place)
    sitting.starts_at, sitting.place, sitting.url, sitting.papers_at = draft.starts_at, draft.place, draft.url, draft.papers_at
    sitting.version += 1
    record(actor, SittingChanged(sitting.id, sitting.version, moved and sitting.state == CALLED))


@command(Meetings.PREPARE, on=table_for)
def call_sitting(actor: Actor, table: Table) -> None:
    """From now on all who may read at its level know of it, and its members are told."""
    sitting = table.sitting
    if sitting.state != PLANNED:
        raise Already(None)
    if not items_of(sitting.id):
        raise Invalid("次第がまだ空です。議題を一つは加えてから知らせてください。")
    sitting.state, sitting.called_at = CALLED, clock.now()
    record(actor, SittingCalled(sitting.id))


@command(Meetings.PREPARE, on=table_for)
def cancel_sitting(actor: Actor, table: Table, reason: str) -> None:
    """Its agenda and papers stay readable to those who could read them."""
    if not reason:
        raise Invalid(reason="中止するわけを書いてください。")
    sitting = table.sitting
    called = sitting.state == CALLED
    sitting.state, sitting.reason = CANCELLED, reason
    record(actor, SittingCancelled(sitting.id, called))


def _plan(seat: Seat, draft: SittingDraft, last: Sitting | None, *, carries: bool) -> int:
    sitting = Sitting(body_id=seat.body.id, number=_next_number(seat.body), state=PLANNED, version=1, reason="", created_at=clock.now(),
                      starts_at=draft.starts_at, place=draft.place, url=draft.url,
                      papers_at=draft.papers_at or opening_of(seat.body, draft.starts_at))
    db.session.add(sitting)
    db.session.flush()
    if carries:
        db.session.add(Item(sitting_id=sitting.id, position=0, title=CARRIED, kind=REPORT, minutes=CARRIED_MINUTES, level=seat.body.level,
                            carries=True, note="", presenter=ROLES[SECRETARY], version=1))
    if draft.like_standing:
        _lay_standing(sitting, seat.body)
    elif draft.like_last and last:
        _copy_items(last, sitting, seat.body)
    return sitting.id


def _next_number(body: Body) -> int:
    taken = update(Body).where(Body.id == body.id).values(last_number=Body.last_number + 1).returning(Body.last_number)
    return db.session.execute(taken).scalar_one()


def _lay_standing(sitting: Sitting, body: Body) -> None:
    """Whoever presented and is no longer there is left out."""
    known, made = people_cards(each["presenter_id"] for each in body.standing if each["presenter_id"]), dict[int | None, Item]()
    left = list(enumerate(body.standing))
    while left:
        for place, each in [(place, each) for place, each in left if each["above"] in {None, *made}]:
            above = made.get(each["above"])
            item = Item(sitting_id=sitting.id, parent_id=above.id if above else None, position=place + 1, title=each["title"], kind=each["kind"],
                        minutes=each["minutes"], own_level=each["level"], level=closest(body.level, above.level if above else None, each["level"]),
                        presenter_id=each["presenter_id"] if each["presenter_id"] in known else None, presenter=each["presenter"], note="", version=1)
            db.session.add(item)
            db.session.flush()
            made[place] = item
        left = [(place, each) for place, each in left if place not in made]


def _copy_items(last: Sitting, sitting: Sitting, body: Body) -> None:
    """Those above before those below."""
    new: dict[int | None, int | None] = {None: None}
    left = items_that_come_again(last.id)
    while left:
        ready = [item for item in left if item.parent_id in new]
        for item in ready:
            copy = Item(sitting_id=sitting.id, parent_id=new[item.parent_id], position=item.position, title=item.title, kind=item.kind,
                        minutes=item.minutes, own_level=item.own_level, level=closest(body.level, item.level), presenter_id=item.presenter_id,
                        presenter=item.presenter, note="", version=1)
            db.session.add(copy)
            db.session.flush()
            new[item.id] = copy.id
        left = [item for item in left if item.id not in new]
