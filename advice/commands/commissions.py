"""委嘱 of advisers from outside: named, asked for at the desk, commissioned, renewed, ended. The rights in the house follow."""
from datetime import date, timedelta

from advice.events import CandidateNamed, CandidateRewritten, CommissionMoved
from advice.flows import COMMISSION
from advice.forms import CandidateDraft, CommissionMove, TermDraft
from advice.models import CANDIDATE, OVER, RENEWING, TRAVEL, Commission, CommissionStep
from advice.permissions import ADVISER, Commissions, HeldCommission
from advice.queries.commissions import accounts_free, commission_for, commissions_due, open_of, serving_of
from advice.queries.pieces import rules_in_force
from groupware.directory.commands.people import disable_person, grant_role, take_role
from groupware.directory.queries import actor_for, holders_of_role
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid
from groupware.kernel.flow import Step
from groupware.kernel.ports import Seat, approval_desk

CHANGED = "ほかの人が先に書き換えました。いまの内容を確かめて、もう一度書いてください。"
BY_ITSELF = {"write", "ask", "grant", "refuse", "tie", "renew", "extend", "keep"}          # acts with a command of their own
ONE_DAY = timedelta(days=1)


@command(Commissions.NAME)
def name_adviser(actor: Actor, draft: CandidateDraft) -> int:
    made = Commission(state=CANDIDATE, version=0, changed_at=clock.now())
    _write(made, draft)
    db.session.add(made)
    db.session.flush()
    _note(actor, made, Step("name", (), CANDIDATE, frozenset(), "候補に挙げた"), draft.why)
    record(actor, CandidateNamed(made.id))
    return made.id


@command(Commissions.MOVE, on=commission_for)
def rewrite_adviser(actor: Actor, held: HeldCommission, draft: CandidateDraft) -> None:
    """Raises Conflict when it is not the text that the writer saw."""
    step = COMMISSION.step(held.commission.state, "write", held.parts)
    if draft.version and draft.version != held.commission.version:
        raise Conflict(CHANGED)
    _write(held.commission, draft)
    _note(actor, held.commission, step)
    record(actor, CandidateRewritten(held.commission.id))


@command(Commissions.MOVE, on=commission_for)
def ask_commission(actor: Actor, held: HeldCommission, draft: TermDraft) -> None:
    """委嘱伺い: from when, until when, with which travel."""
    found, starts = held.commission, draft.starts_on
    if starts is None:
        raise Invalid(starts_on="いつから委嘱するかを書いてください。例 R8.4.1")
    _check_end(starts, draft.ends_on)
    _lead_on(actor, held, "ask", _spoken(starts, draft.ends_on))
    found.starts_on, found.ends_on, found.travel = starts, draft.ends_on, draft.travel
    _ask(actor, found, draft, "委嘱", starts)
    _record(actor, found, "ask")


@command(Commissions.MOVE, on=commission_for)
def ask_renewal(actor: Actor, held: HeldCommission, draft: TermDraft) -> None:
    """It goes on from the day after the last."""
    found = held.commission
    COMMISSION.step(found.state, "renew", held.parts)
    if found.ends_on is None or draft.ends_on <= found.ends_on:
        raise Invalid(ends_on="いまの期間の終わりよりあとの日にしてください。")
    starts = found.ends_on + ONE_DAY
    _check_end(starts, draft.ends_on)
    _lead_on(actor, held, "renew", _spoken(starts, draft.ends_on))
    found.renewed_to, found.travel = draft.ends_on, draft.travel
    _ask(actor, found, draft, "委嘱の更新", starts)
    _record(actor, found, "renew")


@command(Commissions.MOVE, on=commission_for)
def move_commission(actor: Actor, held: HeldCommission, draft: CommissionMove) -> None:
    """Raises Forbidden, Conflict, or Invalid where something is missing."""
    if draft.act in BY_ITSELF:
        raise Conflict
    found, waited = held.commission, held.commission.state == RENEWING
    step = _lead_on(actor, held, draft.act, draft.reason)
    if draft.act == "commission":
        _commission(found, draft)
    if step.after in OVER:
        found.ended_on, found.reason, found.renewed_to = min(clock.today(), found.ends_on or clock.today()), draft.reason, None
        _take_back(found, waited=waited)
    settle_rights(found)
    _record(actor, found, draft.act)


@command(Commissions.MOVE, on=commission_for)
def tie_account(actor: Actor, held: HeldCommission, user_id: int) -> None:
    """Whose account it is, once there is one."""
    _lead_on(actor, held, "tie", "")
    if held.commission.user_id:
        raise Conflict("アカウントは、もう結び付いています。")
    held.commission.user_id = _account(user_id)
    if not held.commission.user_id:
        raise Invalid(account="結び付けるアカウントを選んでください。")
    settle_rights(held.commission)
    _record(actor, held.commission, "tie")


@command(Commissions.HEED, on=commission_for)
def heed_desk(actor: Actor, held: HeldCommission, *, granted: bool) -> None:
    """What was decided at the desk, in the same transaction."""
    found, renews = held.commission, held.commission.state == RENEWING
    act = ("extend" if granted else "keep") if renews else "grant" if granted else "refuse"
    _lead_on(actor, held, act, "")
    if act == "extend":
        found.ends_on = found.renewed_to
    found.renewed_to = None
    _record(actor, found, act)


def keep_commissions() -> None:
    """What a day brings: some begin, some come near their end, some are over."""
    for found, act in commissions_due():
        move_commission(SYSTEM, found.id, CommissionMove(act))


def settle_rights(found: Commission) -> None:
    """The role follows the commission, and with the role all that an adviser sees. One given by hand stays until a commission is over."""
    if found.user_id is None:
        return
    db.unit().flush()
    serves, has = serving_of(found.user_id) is not None, found.user_id in holders_of_role(ADVISER)
    if serves and not has:
        grant_role(SYSTEM, found.user_id, ADVISER)
    if found.state in OVER and not serves:
        _end_rights(found.user_id, has=has)


def _end_rights(user_id: int, *, has: bool) -> None:
    """An account that serves nothing else is stopped: no door of the house stays open by oversight."""
    if has:
        take_role(SYSTEM, user_id, ADVISER)
    db.unit().flush()
    left = actor_for(user_id)
    if rules_in_force().closes and left and left.outside and not left.roles and not open_of(user_id):
        disable_person(SYSTEM, user_id)


def _commission(found: Commission, draft: CommissionMove) -> None:
    if draft.secrecy_on is None:
        raise Invalid(secrecy_on="守秘に同意した日を書いてください。同意を得てから委嘱します。")
    if not draft.order_number:
        raise Invalid(order_number="委嘱状の番号を書いてください。")
    if found.ends_on and found.ends_on < clock.today():
        raise Conflict("決裁された期間が、もう過ぎています。見送って、もう一度伺いを立ててください。")
    found.secrecy_on, found.order_number = draft.secrecy_on, draft.order_number


def _ask(actor: Actor, found: Commission, draft: TermDraft, what: str, starts: date) -> None:
    people = holders_of_role(draft.decider)
    if not people:
        raise Invalid(decider="決裁する人が、いまいません。ほかの人を選んでください。")
    title = f"DXアドバイザーの{what}　{found.name}"
    approval_desk().ask(actor, found.ref, (Seat(person_id=people[0]),), title, _summary(found, starts, draft))


def _summary(found: Commission, starts: date, draft: TermDraft) -> str:
    """What the decider reads."""
    lines = (f"所属：{found.affiliation or '未設定'}", f"分野：{found.field}", f"期間：{_spoken(starts, draft.ends_on)}",
             f"旅費：{TRAVEL[draft.travel]}", found.why)
    return "\n".join(lines)[:1000]


def _take_back(found: Commission, *, waited: bool) -> None:
    """An asking about what is over waits for nobody any more."""
    asked = approval_desk().standing(found.ref) if waited else None
    asker = actor_for(asked.by) if asked and asked.state == "waiting" else None
    if asker:
        db.unit().flush()
        approval_desk().withdraw(asker, found.ref)


def _write(found: Commission, draft: CandidateDraft) -> None:
    if draft.user_id and draft.user_id != found.user_id:
        found.user_id = _account(draft.user_id)
    found.name, found.affiliation, found.field, found.why = draft.name, draft.affiliation, draft.field, draft.why


def _account(user_id: int) -> int:
    if user_id and user_id not in {card.id for card in accounts_free()}:
        raise Invalid(account="使われている外部のアカウントで、ほかの委嘱のないものを選んでください。")
    return user_id


def _check_end(starts: date, ends: date) -> None:
    latest = rules_in_force().latest(starts)
    if not starts <= ends <= latest or ends < clock.today():
        raise Invalid(ends_on=f"期間の終わりは、始まりの日からあと、{clock.wareki(latest)}までの、過ぎていない日にしてください。")


def _spoken(starts: date, ends: date) -> str:
    return f"{clock.wareki(starts)}から{clock.wareki(ends)}まで"


def _lead_on(by: Actor, held: HeldCommission, act: str, reason: str) -> Step:
    """Raises Forbidden, Conflict, or Invalid where a reason is wanted."""
    step = COMMISSION.step(held.commission.state, act, held.parts)
    step.want(reason)
    held.commission.state = step.after
    _note(by, held.commission, step, reason)
    return step


def _note(by: Actor, found: Commission, step: Step, reason: str = "") -> None:
    found.version, found.changed_at = found.version + 1, clock.now()
    db.session.add(CommissionStep.by(by, step, reason, commission_id=found.id))


def _record(actor: Actor, found: Commission, act: str) -> None:
    record(actor, CommissionMoved(found.id, act, found.state, found.version))
