"""What a notice asks and where it goes round, set with the draft it came in."""
from collections.abc import Iterable

from sqlalchemy import delete, select, update

from boards.forms.notices import NoticeDraft
from boards.forms.routes import Leg
from boards.forms.surveys import QuestionDraft
from boards.models.notices import ANSWER, CIRCULATE, OPEN, Notice
from boards.models.receipts import Receipt
from boards.models.routes import AHEAD, BEHIND, GOING, HERE, ROUND, Step
from boards.models.surveys import Question
from boards.queries.routes import people_now, stages_of, steps_of
from boards.queries.surveys import is_answered, questions_of
from groupware.kernel import clock, db
from groupware.kernel.errors import Invalid

ANSWERED = "もう答えた人がいるため、設問と答え方は変えられません。取り下げて、「これをもとに新しく書く」から出し直してください。"
GONE_BY = "もう回ったところと、いまあるところの順番は変えられません。はじめから回し直すときは「大事なところを直した」にも印を付けてください。"


def set_questions(notice: Notice, draft: NoticeDraft, *, again: bool = False) -> None:
    """They stay as they are from the first answer on: nobody's answer becomes one to another question."""
    asking = draft.asking
    same = (_asked(notice), notice.anonymous, notice.by_unit) == (list(asking.questions), asking.anonymous, asking.by_unit)
    if draft.strength != ANSWER or (same and not (again and notice.anonymous)):
        return
    if is_answered(notice):
        raise Invalid(questions=ANSWERED)
    notice.anonymous, notice.by_unit = asking.anonymous, asking.by_unit
    db.session.execute(delete(Question).where(Question.notice_id == notice.id))
    db.session.add_all(Question(notice_id=notice.id, position=place, kind=each.kind, text=each.text, options=list(each.options),
                                required=each.required) for place, each in enumerate(asking.questions))


def set_route(notice: Notice, draft: NoticeDraft, *, again: bool = False) -> None:
    """What lies behind stays, also what was skipped before its turn; a round that is asked anew begins at its first step."""
    if draft.strength != CIRCULATE:
        notice.route = ""
        return
    steps = [] if again else steps_of(notice)
    if steps and _way_of(stages_of(steps)) == _way_of(_side_by_side(draft.route)):
        _set_dues(steps, draft.route)
        return
    fixed = [step for step in steps if step.state != AHEAD]
    if [(step.who, step.post_id) for step in fixed] != [(leg.who, leg.post_id) for leg in draft.route[:len(fixed)]]:
        raise Invalid(s1_unit=GONE_BY)
    _set_dues(fixed, draft.route)
    db.session.execute(delete(Step).where(Step.notice_id == notice.id, Step.asked == notice.asked, Step.state == AHEAD))
    _lay(notice, draft.route[len(fixed):], fixed[-1].stage if fixed else 0)
    if notice.state == OPEN:
        go_on(notice)


def go_on(notice: Notice) -> None:
    """When all of a stage have stamped it, it lies with the next; after the last one it is at its end."""
    db.session.flush()
    notice.route, notice.returned = GOING, ""
    for stage in stages_of(steps_of(notice)):
        if all(step.state in BEHIND for step in stage):
            continue
        for step in stage:
            if step.state not in BEHIND and step.state != HERE:
                step.state, step.since, step.chased_at = HERE, clock.now(), None
        return
    notice.route = ROUND


def lay_before(notice: Notice) -> int:
    """Something is left to do for those with whom it lies, and for nobody else. How many rows it touched."""
    db.session.flush()
    mine = update(Receipt).where(Receipt.notice_id == notice.id).execution_options(synchronize_session=False)
    here = people_now(notice) if notice.route == GOING else select(Receipt.user_id).where(Receipt.notice_id == 0)
    gone = mine.where(Receipt.waiting, Receipt.user_id.not_in(here)).values(waiting=False)
    come = mine.where(Receipt.waiting.is_(False), Receipt.gone_at.is_(None), Receipt.user_id.in_(here)).values(waiting=True)
    touched = sum(max(db.unit().connection.execute(each).rowcount, 0) for each in (gone, come))
    db.session.expire_all()
    return touched


def copy_asking(source: Notice, to: Notice) -> None:
    """Questions and way, for a notice that begins with those of another."""
    to.anonymous, to.by_unit = source.anonymous, source.by_unit
    db.session.add_all(Question(notice_id=to.id, position=each.position, kind=each.kind, text=each.text, options=each.options, required=each.required)
                       for each in questions_of(source))
    db.session.add_all(Step(notice_id=to.id, asked=to.asked, stage=step.stage, who=step.who, post_id=step.post_id, state=AHEAD)
                       for step in steps_of(source))


def _asked(notice: Notice) -> list[QuestionDraft]:
    return [QuestionDraft(each.kind, each.text, tuple(each.options), each.required) for each in questions_of(notice)]


def _way_of(stages: Iterable[Iterable[Step | Leg]]) -> list[list[tuple[str, int | None]]]:
    return [[(each.who, each.post_id) for each in stage] for stage in stages]


def _side_by_side(route: Iterable[Leg]) -> list[list[Leg]]:
    found: list[list[Leg]] = []
    for leg in route:
        if leg.beside and found:
            found[-1].append(leg)
        else:
            found.append([leg])
    return found


def _set_dues(steps: Iterable[Step], route: Iterable[Leg]) -> None:
    for step, leg in zip(steps, route, strict=False):
        step.due_at = leg.due_at


def _lay(notice: Notice, legs: Iterable[Leg], behind: int) -> None:
    stage = behind
    for number, leg in enumerate(legs):
        stage += not (leg.beside and (number or behind))
        db.session.add(Step(notice_id=notice.id, asked=notice.asked, stage=stage, who=leg.who, post_id=leg.post_id, state=AHEAD, due_at=leg.due_at))
    db.session.flush()
