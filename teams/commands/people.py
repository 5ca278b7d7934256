"""Who comes and who leaves. Nobody is ever struck out: the row stays, with the day of leaving."""
from sqlalchemy import select

from groupware.directory.queries import PersonCard, holders_of_role, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from teams.commands.places import follow_members
from teams.events import MemberLeft, MemberSeated
from teams.forms import SeatDraft
from teams.models import ADVISER, LEADER, OWNER, ROLES, Member
from teams.permissions import Held, Teams, may_seat_as
from teams.queries import over_today, seats_as_adviser, team_for
from teams.seating import AdvisesNoMore


@command(Teams.SEAT, on=team_for)
def seat_member(actor: Actor, held: Held, draft: SeatDraft) -> None:
    """In another role than before, the old row ends and a new one begins."""
    if not may_seat_as(held, draft.role):
        raise Forbidden("デジタルリーダーとアドバイザーの割り当ては、行政管理課が行います。")
    card = _fitting(draft)
    before = _row(held, draft.user_id)
    if before and (before.role, before.until) == (draft.role, draft.until):
        raise Already(None)
    if before and not may_seat_as(held, before.role):
        raise Forbidden("この人の役割は、行政管理課が決めています。")
    if before:
        before.gone_on = clock.today()
        db.session.flush()
    db.session.add(Member(team_id=held.team.id, user_id=card.id, role=draft.role, name=card.name, label=card.label, unit_name=card.unit_name,
                          starts_on=clock.today(), until=draft.until))
    follow_members(held.team)
    record(actor, MemberSeated(held.team.id, card.id, draft.role))


@command(Teams.SEAT, on=team_for)
def unseat_member(actor: Actor, held: Held, user_id: int) -> None:
    """Out at every door, in the same transaction."""
    row = _row(held, user_id)
    if row is None:
        raise NotFound("このチームにいない人です。")
    if not may_seat_as(held, row.role):
        raise Forbidden("デジタルリーダーとアドバイザーを外すのは、行政管理課が行います。")
    if row.role == OWNER and not _another(held, row):
        raise Conflict("取りまとめの人がいなくなります。先に、代わりの人を取りまとめにしてください。")
    row.gone_on = clock.today()
    follow_members(held.team)
    record(actor, MemberLeft(held.team.id, user_id))


@command(Teams.KEEP, on=team_for)
def end_term(actor: Actor, held: Held, user_id: int) -> None:
    row = _row(held, user_id)
    if row is None:
        raise Already(None)
    row.gone_on = min(clock.today(), row.until or clock.today())
    follow_members(held.team)
    record(actor, MemberLeft(held.team.id, user_id))


def end_terms() -> None:
    """Whose last day is over. They lost their rights at midnight; now the group loses them too."""
    for row in over_today():
        end_term(SYSTEM, row.team_id, row.user_id)


def end_advising(effect: AdvisesNoMore) -> None:
    """Who is no DX adviser any more sits in no team as one; in the transaction in which the role was taken."""
    for row in seats_as_adviser(effect.user_id):
        end_term(SYSTEM, row.team_id, row.user_id)


def _fitting(draft: SeatDraft) -> PersonCard:
    card = people_cards([draft.user_id]).get(draft.user_id)
    if card is None or card.state != "active":
        raise Invalid(person="名簿に見つからない人です。選び直してください。")
    if draft.role in {LEADER, ADVISER} and draft.user_id not in holders_of_role(draft.role):
        raise Invalid(person=f"この人は{ROLES[draft.role]}に任じられていません。")
    if card.outside and draft.role != ADVISER:
        raise Invalid(role="外部の人は、DXアドバイザーとして加えてください。")
    if draft.until and draft.until < clock.today():
        raise Invalid(until="期間の終わりは、きょうよりあとの日にしてください。")
    return card


def _row(held: Held, user_id: int) -> Member | None:
    found: Member | None = db.session.scalar(select(Member).where(Member.team_id == held.team.id, Member.user_id == user_id,
                                                                  Member.gone_on.is_(None)))
    return found


def _another(held: Held, row: Member) -> bool:
    others = select(Member.id).where(Member.team_id == held.team.id, Member.role == OWNER, Member.gone_on.is_(None), Member.id != row.id)
    return db.session.scalar(others) is not None
