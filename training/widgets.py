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
from training.permissions.courses import heads_of
from training.permissions.leaders import STEERING, parts_of
from training.queries.courses import AHEAD, courses, offered, seats_of
from training.queries.duties import MISSING, Tally, dues_of, tallies
from training.queries.leaders import Leader, moving_terms, rules_in_force, serving_leaders
from training.queries.skills import to_review
from training.queries.surveys import last_day, lately, to_answer
from training.queries.turns import FINISH, LOOK, MEND, PERMIT, RENEW, SPEAK, Turn, turns_of

ASKED = {OFFERED: ("permit", "許可する"), CANDIDATE: ("check", "確かめる"), CHECKED: ("select", "選ぶ"), SELECTED: ("finish", "進める"),
         READY: ("appoint", "任命する"), REVIEW: ("stay", "答える")}
TURNS = {PERMIT: ("研修の申込", "{title}の申込", "承認する"), MEND: ("育成計画", "直して出す育成計画", "直す"),
         RENEW: ("育成計画", "今年度の育成計画", "つくる"), LOOK: ("育成計画", "{name} さんの育成計画", "確認する"),
         FINISH: ("育成計画", "{name} さんの前の年度の育成計画", "まとめる"), SPEAK: ("面談", "{name} さんとの面談", "面談する")}
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


def _place(turn: Turn, *, mine: bool) -> tuple[str, str]:
    """(where it is done, what it is of)"""
    if mine:
        return path_for("training.plan", plan_id=turn.id), "私の学び"
    return (path_for("training.section"), "課の人の申込") if turn.what == PERMIT else (path_for("training.led_plans"), "課の人の計画")


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


def turns_to_do(actor: Actor) -> Iterator[Todo]:
    """Of one's people what was asked for or handed in, each kind as one thing; of one's own plan what came back or is to be renewed."""
    turns = [] if actor.outside else turns_of(actor)
    for what, (kind, title, act) in TURNS.items():
        found = [each for each in turns if each.what == what]
        if found:
            first, more = found[0], f" ほか{len(found) - 1}件" if len(found) > 1 else ""
            place, about = _place(first, mine=first.user_id == actor.user_id)
            yield Todo(kind, "train", title.format(name=first.name, title=first.title) + more, place, act, about, first.at)


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
