"""A step is approved, or the whole is returned."""
from groupware.approvals.commands.holders import put_before
from groupware.approvals.events import ApprovalGranted, ApprovalReturned, StepApproved
from groupware.approvals.models import GRANTED, RETURNED, Step
from groupware.approvals.permissions import Approvals, Paper
from groupware.approvals.queries.askings import paper_for
from groupware.approvals.queries.seats import deciders
from groupware.approvals.thing import seat_of, thing_of
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid

TOO_LATE = "この決裁は、ほかの人が先に済ませたか、取り下げられています。"


@command(Approvals.DECIDE, on=paper_for)
def approve_step(actor: Actor, paper: Paper, step_id: int) -> None:
    """``step_id``: the one that was on the screen; a second press of the same button changes nothing."""
    step = _due(actor, paper, step_id)
    _sign(actor, paper, step, GRANTED)
    asking, ahead = paper.asking, next((each for each in paper.steps if each.position > step.position), None)
    before = put_before(asking, ahead)
    if ahead:
        record(actor, StepApproved(asking.id, thing_of(asking), step.id, step.stands_in, before))
        return
    asking.state, asking.ended_at = GRANTED, clock.now()
    record(actor, ApprovalGranted(asking.id, thing_of(asking), asking.asker_id, actor.user_id, step.stands_in))


@command(Approvals.DECIDE, on=paper_for)
def return_asking(actor: Actor, paper: Paper, step_id: int, reason: str) -> None:
    """To the asker, from whatever step, with what to mend."""
    if not reason:
        raise Invalid(reason="どこを直すと決裁できるかを、一言書いてください。")
    step, asking = _due(actor, paper, step_id), paper.asking
    _sign(actor, paper, step, RETURNED)
    step.reason = reason
    put_before(asking, None)
    asking.state, asking.ended_at = RETURNED, clock.now()
    record(actor, ApprovalReturned(asking.id, thing_of(asking), asking.asker_id, actor.user_id, step.stands_in))


def _due(actor: Actor, paper: Paper, step_id: int) -> Step:
    """Raises Conflict when it is not this step's turn any more."""
    asked = next((step for step in paper.steps if step.id == step_id), None)
    if asked and asked.decider_id == actor.user_id:
        raise Already(None)
    if asked is None or paper.due is None or asked.id != paper.due.id:
        raise Conflict(TOO_LATE)
    return asked


def _sign(actor: Actor, paper: Paper, step: Step, result: str) -> None:
    """As whoever the directory says they are now: a list that is a minute old decides nothing."""
    may = deciders(seat_of(step), paper.asking.asker_id)
    if actor.user_id not in may:
        raise Conflict("いまは、この段を決裁する人ではなくなっています。画面を開き直してください。")
    step.result, step.stands_in, step.decided_at = result, may[actor.user_id], clock.now()
    step.decider_id, step.decider_name, step.decider_label, step.decider_seal = actor.user_id, actor.name, actor.label, actor.seal or actor.name[:2]
