"""Whose turn it is, on the first page; and how their sections are covered, for heads."""
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Engagement, Todo, Widget
from groupware.ui.paths import path_for
from training.flows.leaders import term_flow
from training.models.courses import ALONE, ATTENDED, BOOKED, WAYS
from training.models.leaders import CANDIDATE, CHECKED, OFFERED, READY, REVIEW, SELECTED
from training.models.plans import DRAFT
from training.permissions.courses import heads_of
from training.permissions.leaders import STEERING, parts_of
from training.queries.courses import AHEAD, courses, offered, seats_of, to_permit
from training.queries.duties import MISSING, Tally, dues_of, tallies
from training.queries.leaders import Leader, moving_terms, rules_in_force, serving_leaders
from training.queries.plans import left_to_lead, own_plan_due
from training.queries.skills import to_review
from training.queries.surveys import last_day, lately, to_answer

ASKED = {OFFERED: ("permit", "許可する"), CANDIDATE: ("check", "確かめる"), CHECKED: ("select", "選ぶ"), SELECTED: ("finish", "進める"),
         READY: ("appoint", "任命する"), REVIEW: ("stay", "答える")}
ENDS = time(17, 15)
LONG = timedelta(days=7)        # then 行政管理課 looks after evidence that nobody has reviewed


def terms_to_do(actor: Actor) -> Iterator[Todo]:
    """Nothing is asked for whom nothing of it ever waits."""
    if actor.outside:
        return
    moving = moving_terms()
    flow = term_flow(by_cio=bool(moving) and rules_in_force().by_cio)
    for each in moving:
        parts = parts_of(actor, each.term.user_id, each.card.unit_id or each.term.unit_id)
        open_acts = {step.act for step in flow.open_to(each.term.state, parts)}
        act, words = ASKED[each.term.state]
        if act in open_acts and not (act == "stay" and each.term.wish):
            yield Todo("リーダー", "train", _title(each, act), path_for("training.term", term_id=each.term.id), words, each.card.label, _end(each))


def leaders_here(_: Actor, unit_ids: frozenset[int]) -> Widget | None:
    """〇〇課のようす: who leads, or that nobody does."""
    here = [each for each in serving_leaders() if each.card.unit_id in unit_ids]
    said = f"{len(here)}人" if here else "いません"
    return Widget("デジタルリーダー", said, "training/_here.html", list(here[:6]), url=path_for("training.leaders"), order=60)


def _title(each: Leader, act: str) -> str:
    return "デジタルリーダーを続けたいかどうか" if act == "stay" else f"{each.card.name} さんのデジタルリーダーの手続"


def _end(each: Leader) -> datetime | None:
    term = each.term
    return datetime.combine(term.ends_on, ENDS, clock.JST) if term.state == REVIEW and term.ends_on else None


def learning_to_do(actor: Actor) -> Iterator[Todo]:
    """What one must take oneself, unless a seat in it is booked; two questions."""
    if actor.outside:
        return
    left = [each for each in dues_of(actor.user_id) if each.state in MISSING]
    booked = {course.id for _, _, course in seats_of(actor.user_id)} if left else set()
    for each in left:
        if each.course.id not in booked:
            act = "受ける" if each.course.way == ALONE else "申し込む"
            yield Todo("必修研修", "train", each.course.title, path_for("training.course", course_id=each.course.id), act, WAYS[each.course.way],
                       _end_of(each.duty.due_on))


def permits_to_do(actor: Actor) -> Iterator[Todo]:
    """What their people have asked for, as one thing to do."""
    waiting = to_permit(actor)
    if waiting:
        _, sitting, course = waiting[0]
        yield Todo("研修の申込", "train", f"{course.title}の申込" + (f" ほか{len(waiting) - 1}件" if len(waiting) > 1 else ""),
                   path_for("training.section"), "承認する", "課の人の申込", sitting.starts_at)


def surveys_to_do(actor: Actor) -> Iterator[Todo]:
    """What is asked about where one has been."""
    for sitting, course in [] if actor.outside else to_answer(actor.user_id):
        yield Todo("アンケート", "train", f"{course.title}の受講後アンケート", path_for("training.survey", sitting_id=sitting.id), "答える",
                   clock.wareki(sitting.starts_at.astimezone(clock.JST).date()), _end_of(last_day(sitting)))


def reviews_to_do(actor: Actor) -> Iterator[Todo]:
    """Evidence of one's own people and what one reviews, as one thing; for 行政管理課 also what has waited long. Nothing is asked for others."""
    if actor.outside or not (heads_of(actor) or actor.has(STEERING)):
        return
    long_ago, me = clock.now() - LONG, actor.user_id
    waiting = [each for each in to_review(actor) if "head" in each.parts or each.claim.reviewer_id == me or each.claim.changed_at < long_ago]
    if waiting:
        first, more = waiting[0], len(waiting) - 1
        yield Todo("スキルの審査", "train", f"{first.card.name} さんの証拠（{first.skill.name}）" + (f" ほか{more}件" if more else ""),
                   path_for("training.skills") if more else path_for("training.claim", claim_id=first.claim.id), "審査する", first.card.label)


def own_plan_to_do(actor: Actor) -> Iterator[Todo]:
    """What came back, or is to be renewed since April."""
    found = None if actor.outside else own_plan_due(actor.user_id)
    if found:
        act = "直す" if found.state == DRAFT else "つくる"
        yield Todo("育成計画", "train", "直して出す育成計画" if found.state == DRAFT else "今年度の育成計画",
                   path_for("training.plan", plan_id=found.id), act, "私の学び")


def plans_of_people_to_do(actor: Actor) -> Iterator[Todo]:
    """Plans that wait for a head or are left from last year, and talks: each as one thing."""
    if not heads_of(actor):
        return
    for waiting, about, act in left_to_lead(actor):
        first, more = waiting[0], len(waiting) - 1
        yield Todo("育成計画", "train", f"{first} さんの{about}" + (f" ほか{more}件" if more else ""), path_for("training.led_plans"), act, "課の人")


def sittings_today(actor: Actor) -> Iterator[Engagement]:
    """Where one has a seat today."""
    for seat, sitting, course, _ in lately(actor.user_id):
        ahead = seat.state in {BOOKED, ATTENDED} and sitting.state in AHEAD
        if ahead and sitting.starts_at.astimezone(clock.JST).date() == clock.today():
            yield Engagement(course.title, path_for("training.sitting", sitting_id=sitting.id), sitting.starts_at, sitting.ends_at, sitting.place)


def learning_here(_: Actor, unit_ids: frozenset[int]) -> Widget | None:
    """〇〇課のようす: how many of what must be taken is still left; one question where nothing is."""
    found = {number: sum(by_unit.values(), Tally()) for number, by_unit in tallies(offered(), unit_ids).items()}
    left = {number: tally for number, tally in found.items() if tally.missing}
    if not left:
        return None
    rows = [(course, left[course.id]) for course in courses() if course.id in left]
    return Widget("まだの必修研修", f"{sum(tally.missing for _, tally in rows)}件", "training/_left.html", list(rows[:5]),
                  url=path_for("training.section"), order=61)


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day, ENDS, clock.JST) if day else None
