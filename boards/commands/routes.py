"""順次回覧: it is stamped and goes on, is skipped, is given back, goes on again."""
from boards.commands.asking import go_on, lay_before
from boards.events import RoundReturned, StepChased, StepPassed
from boards.models.notices import Notice
from boards.models.receipts import Receipt
from boards.models.routes import AHEAD, BACK, HERE, RETURNED, SKIPPED, STAMPED, Step
from boards.permissions import Boards, Sheet, Stop
from boards.queries.routes import steps_of, stop_for
from boards.queries.sheets import sheet_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid, NotFound

TO_SENDER, TO_BEFORE = "sender", "before"


@command(Boards.STAMP, on=stop_for)
def stamp_step(actor: Actor, stop: Stop, asked: int) -> None:
    """``asked``: the round that was on the screen."""
    _stand(stop, asked)
    _pass(actor, stop, STAMPED)


@command(Boards.STAND_AT, on=stop_for)
def stand_at_step(actor: Actor, stop: Stop, asked: int, reason: str) -> None:
    """代: for whoever is away, with the reason; who pressed stays on the record."""
    _stand(stop, asked)
    if not reason:
        raise Invalid(reason="代わって回すわけを書いてください（例: 出張で10日まで不在）。")
    _pass(actor, stop, STAMPED, reason, stands_in=True)


@command(Boards.LEAD, on=sheet_for)
def skip_step(actor: Actor, sheet: Sheet, step_id: int, reason: str) -> None:
    """The sending side lets it go on without somebody."""
    step = db.session.get(Step, step_id)
    if step is None or step.notice_id != sheet.notice.id or step.asked != sheet.notice.asked:
        raise NotFound
    if not reason:
        raise Invalid(reason="飛ばすわけを書いてください（例: 長期の休みのため）。")
    if step.state in {STAMPED, SKIPPED}:
        raise Already(None)
    _pass(actor, Stop(step, sheet, holds=False, near=False), SKIPPED, reason)


@command(Boards.STAMP, on=stop_for)
def return_step(actor: Actor, stop: Stop, reason: str, to: str = TO_SENDER) -> None:
    """差し戻し: to the sending side, or to those before; with the reason."""
    notice = stop.sheet.notice
    if not reason:
        raise Invalid(reason="差し戻すわけを書いてください。")
    before = [step for step in steps_of(notice) if step.stage == stop.step.stage - 1]
    if to == TO_BEFORE and before:
        _go_back(notice, stop.step, before)
    else:
        stop.step.state, notice.route = RETURNED, BACK
    notice.returned = reason
    _sign(actor, stop.step, reason)
    lay_before(notice)
    record(actor, RoundReturned(notice.id, stop.step.id, actor.user_id, to == TO_SENDER or not before))


@command(Boards.LEAD, on=sheet_for)
def resume_round(actor: Actor, sheet: Sheet) -> None:
    """After it was given back: it goes on from there."""
    notice = sheet.notice
    if notice.route != BACK:
        raise Already(None)
    step = next((step for step in steps_of(notice) if step.state == RETURNED), None)
    if step is None:
        raise Conflict
    go_on(notice)
    lay_before(notice)
    record(actor, StepPassed(notice.id, step.id, step.stage))


@command(Boards.KEEP, on=stop_for)
def chase_step(actor: Actor, stop: Stop) -> None:
    """Its due date has come and it still lies there: told once to whom it lies with, and to the sending side."""
    if stop.step.state != HERE or stop.step.chased_at:
        raise Already(None)
    stop.step.chased_at = clock.now()
    record(actor, StepChased(stop.sheet.notice.id, stop.step.id))


def _stand(stop: Stop, asked: int) -> None:
    if asked != stop.sheet.notice.asked:
        raise Conflict("見ているあいだにお知らせが直されました。いまの文を読んでから押してください。")


def _pass(actor: Actor, stop: Stop, state: str, reason: str = "", *, stands_in: bool = False) -> None:
    step, notice = stop.step, stop.sheet.notice
    step.state, step.stands_in, step.done_at = state, stands_in, clock.now()
    _sign(actor, step, reason)
    receipt = db.session.get(Receipt, (notice.id, actor.user_id))
    if receipt and state == STAMPED and not stands_in:
        receipt.confirmed, receipt.confirmed_at, receipt.opened_at = notice.asked, clock.now(), receipt.opened_at or clock.now()
    go_on(notice)
    lay_before(notice)
    record(actor, StepPassed(notice.id, step.id, step.stage))


def _sign(actor: Actor, step: Step, reason: str) -> None:
    step.user_id, step.user_name, step.user_label, step.seal = actor.user_id, actor.name, actor.label, actor.seal or actor.name[:2]
    step.reason = reason


def _go_back(notice: Notice, step: Step, before: list[Step]) -> None:
    """Those before have it again; whoever lies beside the one who gave it back has to wait as well."""
    for beside in (each for each in steps_of(notice) if each.stage == step.stage and each.state == HERE):
        beside.state, beside.since = AHEAD, None
    for each in before:
        each.state, each.since, each.chased_at, each.done_at = HERE, clock.now(), None, None
