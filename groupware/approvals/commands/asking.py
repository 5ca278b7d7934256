"""Asking, and taking it back."""
from groupware.approvals.commands.holders import put_before
from groupware.approvals.events import ApprovalAsked, ApprovalWithdrawn
from groupware.approvals.forms import AskingDraft
from groupware.approvals.models import WAITING, WITHDRAWN, Asking, Step
from groupware.approvals.permissions import Approvals, Paper
from groupware.approvals.queries.askings import last_about, paper_for
from groupware.approvals.queries.seats import deciders, words_of
from groupware.approvals.thing import thing_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid


@command(Approvals.ASK)
def ask_approval(actor: Actor, draft: AskingDraft) -> int:
    """Raises Invalid for a step that nobody could decide, Conflict while the thing is asked about already."""
    before = last_about(draft.thing) if draft.thing else None
    if before and before.state == WAITING:
        raise Conflict("このことについては、すでに決裁をあおいでいます。取り下げるか、決裁を待ってください。")
    names = words_of(draft.route)
    for seat, name in zip(draft.route, names, strict=True):
        if not deciders(seat, actor.user_id):
            raise Invalid(steps=f"「{name}」に当たる人も、代わりの人もいないため、あおげません。")
    asking = _asking(actor, draft)
    db.session.add(asking)
    db.session.flush()
    steps = [Step(asking_id=asking.id, position=position, unit_id=seat.unit_id, post=seat.post, person_id=seat.person_id, words=name)
             for position, (seat, name) in enumerate(zip(draft.route, names, strict=True), 1)]
    db.session.add_all(steps)
    db.session.flush()
    record(actor, ApprovalAsked(asking.id, thing_of(asking), put_before(asking, steps[0])))
    return asking.id


@command(Approvals.WITHDRAW, on=paper_for)
def withdraw_asking(actor: Actor, paper: Paper) -> None:
    """What was decided by then stays written down."""
    if paper.asking.state != WAITING:
        raise Conflict("すでに決裁が終わっているため、取り下げられません。")
    put_before(paper.asking, None)
    paper.asking.state, paper.asking.ended_at = WITHDRAWN, clock.now()
    record(actor, ApprovalWithdrawn(paper.asking.id, thing_of(paper.asking), actor.user_id))


def _asking(actor: Actor, draft: AskingDraft) -> Asking:
    return Asking(thing_kind=draft.thing.kind if draft.thing else "", thing_id=draft.thing.id if draft.thing else 0, title=draft.title,
                  summary=draft.summary, asker_id=actor.user_id, asker_name=actor.name, asker_label=actor.label,
                  asker_seal=actor.seal or actor.name[:2], at=clock.now())
