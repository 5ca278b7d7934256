"""What follows when the plan changes, and when a paper comes to somebody's desk."""
from collections.abc import Iterator

from governance import events
from governance.models.papers import APPROVED, CONFIRM, COUNCIL, INTERIM, SUBMITTED, WRITING, Evaluation, Report, Undertaking
from governance.queries.papers import ruling_in_force, units_of
from governance.queries.people import heads_of, holders, section_of
from governance.sheets.bringing import SheetDue
from groupware.kernel import db
from groupware.kernel.findable import Touched
from groupware.kernel.reactions import Reactions
from groupware.kernel.ref import Ref
from groupware.notifications.notice import Notice

on = Reactions()
Paper = Report | Undertaking | Evaluation
ASK, LATE = "governance.ask", "governance.late"
TO_REMIND = {1: "報告の期限が過ぎています", 2: "係の報告の期限が過ぎています", 3: "課の報告の期限が過ぎています"}


@on.within(events.EditionInForce)
def touch_measures(event: events.EditionInForce) -> Iterator[Touched]:
    yield from (Touched(Ref("governance.measure", number)) for number in event.measures)


@on.within(events.EditionInForce)
def touch_terms(event: events.EditionInForce) -> Iterator[Touched]:
    yield from (Touched(Ref("governance.term", place)) for place in range(1, event.terms + 1))


@on.within(events.ReportMoved, events.UndertakingMoved)
def touch_papers(event: events.ReportMoved | events.UndertakingMoved) -> Iterator[Touched]:
    yield Touched(event.about)


@on.within(events.ThingTied, events.ThingUntied)
def touch_tied(event: events.ThingTied | events.ThingUntied) -> Iterator[Touched]:
    """It is found by its measure, or no more."""
    yield Touched(Ref.parse(event.thing))


@on.later(events.SheetBrought)
def read_sheet_later(event: events.SheetBrought) -> Iterator[SheetDue]:
    yield SheetDue(event.sheet_id)


@on.later(events.ReportAsked)
def ask_sections(event: events.ReportAsked) -> Iterator[Notice]:
    """Whoever wrote the last one; where nobody has yet, the head of the section, who says who writes."""
    report = db.session.get(Report, event.report_id)
    for user_id in section_of(report) if report else ():
        yield Notice(user_id, event.about, "進み具合の報告のお願い", ASK)


@on.later(events.ReportMoved)
def tell_report(event: events.ReportMoved) -> Iterator[Notice]:
    yield from _told(db.session.get(Report, event.report_id), event.act, event.about)


@on.later(events.UndertakingMoved)
def tell_undertaking(event: events.UndertakingMoved) -> Iterator[Notice]:
    yield from _told(db.session.get(Undertaking, event.undertaking_id), event.act, event.about)


@on.later(events.EvaluationMoved)
def tell_evaluation(event: events.EvaluationMoved) -> Iterator[Notice]:
    yield from _told(db.session.get(Evaluation, event.evaluation_id), event.act, event.about)


@on.later(events.ReportReminded)
def tell_late(event: events.ReportReminded) -> Iterator[Notice]:
    for user_id in event.user_ids:
        yield Notice(user_id, event.about, TO_REMIND[event.height], LATE)


def _told(paper: Paper | None, act: str, about: Ref) -> Iterator[Notice]:
    """The version makes a second round of the same paper another reason."""
    if paper is None:
        return
    for user_id, words in _next(paper, act):
        yield Notice(user_id, about, f"{words}（{paper.version}）" if paper.version > 2 else words, ASK)


def _next(paper: Paper, act: str) -> Iterator[tuple[int, str]]:
    if act == "return":
        author = getattr(paper, "author_id", None)
        yield from ((user_id, "直して再提出してください") for user_id in ([author] if author else heads_of(units_of(paper))))
    elif paper.state == SUBMITTED:
        yield from ((user_id, "承認をお願いします") for user_id in heads_of(units_of(paper)))
    elif paper.state in {CONFIRM, COUNCIL} or (isinstance(paper, Report) and paper.state == APPROVED and not ruling_in_force().council):
        yield from ((user_id, "確認をお願いします") for user_id in holders("cio"))
    elif paper.state == INTERIM:
        yield from ((user_id, "中間確認をお願いします") for user_id in holders("director"))
    elif paper.state in {APPROVED, "second"} and act != WRITING:
        yield from ((user_id, "受け取りをお願いします") for user_id in holders("steering"))
