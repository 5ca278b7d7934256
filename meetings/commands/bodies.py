"""Bodies are founded and changed."""
from sqlalchemy import delete, select

from groupware.directory.queries import people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Invalid
from meetings.commands.levels import level_items
from meetings.events import BodyChanged, BodyFounded, BodyStandingKept
from meetings.forms import BodyDraft
from meetings.models.bodies import MEMBER, SECRETARY, Body, Member
from meetings.models.sittings import Item, Sitting
from meetings.permissions import Meetings, Seat, Table
from meetings.queries.bodies import seat_for
from meetings.queries.items import items_that_come_again
from meetings.queries.sittings import table_for


@command(Meetings.FOUND)
def found_body(actor: Actor, draft: BodyDraft) -> int:
    body = Body(name=draft.name, purpose=draft.purpose, level=draft.level, last_number=0, quorum=draft.quorum,
                deputies_vote=draft.deputies_vote, standing=[], created_at=clock.now())
    _keep_template(body, draft)
    db.session.add(body)
    db.session.flush()
    _seat(body, draft)
    record(actor, BodyFounded(body.id))
    return body.id


@command(Meetings.MANAGE, on=seat_for)
def change_body(actor: Actor, seat: Seat, draft: BodyDraft) -> None:
    """What hangs below a body that is closed more is closed with it, and opened again with it."""
    body = seat.body
    _keep_template(body, draft)
    body.name, body.purpose, body.quorum, body.deputies_vote = draft.name, draft.purpose, draft.quorum, draft.deputies_vote
    if body.level != draft.level:
        body.level = draft.level
        here = select(Sitting.id).where(Sitting.body_id == body.id)
        level_items(db.session.scalars(select(Item).where(Item.sitting_id.in_(here))).all(), body)
    db.session.execute(delete(Member).where(Member.body_id == body.id))
    _seat(body, draft)
    record(actor, BodyChanged(body.id))


@command(Meetings.KEEP, on=seat_for)
def align_body(actor: Actor, seat: Seat, people: tuple[int, ...], leads: tuple[int, ...]) -> None:
    """Exactly these belong to it: who stays keeps their role, of the others those who lead call the sittings."""
    here = {row.user_id: row for row in db.session.scalars(select(Member).where(Member.body_id == seat.body.id))}
    db.session.execute(delete(Member).where(Member.body_id == seat.body.id, Member.user_id.not_in(people)))
    db.session.add_all(Member(body_id=seat.body.id, user_id=each, role=SECRETARY if each in leads else MEMBER, position=len(here) + place)
                       for place, each in enumerate(people) if each not in here)
    record(actor, BodyChanged(seat.body.id))


@command(Meetings.KEEP, on=seat_for)
def archive_body(actor: Actor, seat: Seat) -> None:
    """It meets no more; what it decided stays readable."""
    seat.body.archived_at = clock.now()
    record(actor, BodyChanged(seat.body.id))


@command(Meetings.PREPARE, on=table_for)
def keep_standing(actor: Actor, table: Table) -> None:
    """The agenda of this sitting is what every sitting of the body may begin with (ひな形)."""
    items = items_that_come_again(table.sitting.id)
    places = {item.id: place for place, item in enumerate(items)}
    table.seat.body.standing = [{"title": item.title, "kind": item.kind, "minutes": item.minutes, "level": item.own_level,
                                 "presenter_id": item.presenter_id, "presenter": item.presenter, "above": places.get(item.parent_id or 0)}
                                for item in items]
    record(actor, BodyStandingKept(table.seat.body.id))


def _keep_template(body: Body, draft: BodyDraft) -> None:
    body.answer_days, body.papers_days, body.opens_days = draft.answer_days, draft.papers_days, draft.opens_days
    body.item_level = draft.item_level


def _seat(body: Body, draft: BodyDraft) -> None:
    known = people_cards(person for person, _ in draft.members)
    if len(known) != len(draft.members):
        raise Invalid(members="選ばれた人の一部が名簿に見つかりません。選び直してください。")
    db.session.add_all(Member(body_id=body.id, user_id=person, role=role, position=place)
                       for place, (person, role) in enumerate(draft.members))

