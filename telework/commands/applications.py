"""Working from home is asked for, permitted, reported and confirmed."""
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import bindparam, func, select

from groupware.directory.queries import staff_kind_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid, NotFound
from telework.commands.days import tell_places
from telework.events import TeleworkAsked, TeleworkMoved, TeleworkRuled
from telework.flows import APPLICATION, ON_THE_DAY, TOGETHER
from telework.forms import ApplicationDraft
from telework.hours import covered, meet
from telework.models.applications import Application, RulesRow, Step
from telework.permissions import Held, Telework, parts_of
from telework.queries.applications import application_for, main_place, of_week, rules_in_force, standing
from telework.rules import Rules, week_of

ONE_BY_ITSELF = (0, 1)
DAYS_OF = 6_070        # with the number of a person: the name of a lock
NO_PLACE = "所属がないため申請できません。人事の担当にお尋ねください。"
WHY = {"report": "今日の成果を書いてください。", "again": "何を書き直せばよいかを書いてください。", "refuse": "承認しないわけを書いてください。"}


@command(Telework.ASK)
def ask_to_work_at_home(actor: Actor, draft: ApplicationDraft) -> int:
    """For each day an application, or none at all; answers with the number of the first. Raises Invalid with what the city does not allow."""
    _one_by_one(actor.user_id)
    rules, unit = rules_in_force(), main_place(actor.user_id)
    if unit is None:
        raise Conflict(NO_PLACE)
    share = rules.share(draft.span, draft.begins, draft.ends)
    rules.check_asked(draft.reason, draft.declared)
    special = rules.is_special(staff_kind_of(actor.user_id))
    _refuse_days(dict(_refused(actor, draft, rules, share)), len(draft.dates))
    made = [Application(user_id=actor.user_id, user_name=actor.name, user_label=actor.label, unit_id=unit, on_date=day, span=draft.span,
                        begins=draft.begins, ends=draft.ends, share=share, reason=draft.reason, work=draft.work, contact=draft.contact,
                        takes_out=draft.takes_out, declared=" ".join(name for name in rules.declarations if name in draft.declared),
                        place=draft.place, place_name=draft.place_name, special=special, changed_at=clock.now()) for day in draft.dates]
    db.session.add_all(made)
    db.session.flush()
    for each in made:
        record(actor, TeleworkAsked(each.id, made[0].id, len(made)))
    return made[0].id


@command(Telework.MOVE, on=application_for)
def decide_together(actor: Actor, held: Held, act: str, chosen: Sequence[int], reason: str = "") -> None:
    """Of what somebody asks for in the week of this application, what is chosen is granted or refused: all of it, each in its own record."""
    if act not in TOGETHER:
        raise Conflict
    if not chosen:
        raise Invalid(chosen="日を選んでください。")
    rows = {each.id: each for each in of_week(actor, held.application)}
    if not set(chosen) <= set(rows):
        raise NotFound
    for number in chosen:
        _move(actor, Held(rows[number], parts_of(actor, rows[number])), act, reason, (chosen[0], len(chosen)))


@command(Telework.MOVE, on=application_for)
def move_application(actor: Actor, held: Held, act: str, reason: str = "") -> None:
    """Raises Forbidden, Conflict, or Invalid where words are wanted."""
    _move(actor, held, act, reason, ONE_BY_ITSELF)


@command(Telework.RULE)
def change_rules(actor: Actor, rules: Rules) -> int:
    made = RulesRow(content=rules.content(), author_name=actor.name, at=clock.now())
    db.session.add(made)
    db.session.flush()
    record(actor, TeleworkRuled(made.id))
    return made.id


def _move(actor: Actor, held: Held, act: str, reason: str, together: tuple[int, int]) -> None:
    application = held.application
    _one_by_one(application.user_id)
    db.session.refresh(application)
    step = APPLICATION.step(application.state, act, held.parts)
    step.want(reason, WHY.get(act, ""))
    if act in ON_THE_DAY and application.on_date != clock.today():
        raise Conflict("始業・中断・再開・終業は、その日に報告してください。")
    rules_in_force().check_report(act)
    application.state, application.changed_at = step.after, clock.now()
    if act == "report":
        application.outcome = reason
    if act in {"grant", "withdraw"}:
        tell_places(application, standing(application.user_id, application.on_date, application.on_date))
    db.session.add(Step.by(actor, step, reason, application_id=application.id))
    record(actor, TeleworkMoved(application.id, act, step.after, *together))


def _refused(actor: Actor, draft: ApplicationDraft, rules: Rules, share: float) -> Iterator[tuple[date, str]]:
    """Which days, and why; what is asked for now counts for the days after it."""
    wanted, had = covered(draft.span, draft.begins, draft.ends), defaultdict[date, float](float)
    before = standing(actor.user_id, week_of(draft.dates[0])[0], week_of(draft.dates[-1])[1])
    for each in before:
        had[week_of(each.on_date)[0]] += each.share
    for day in draft.dates:
        monday = week_of(day)[0]
        if any(meet(wanted, covered(each.span, each.begins, each.ends)) for each in before if each.on_date == day):
            yield day, "その日の申請がすでにあります。"
        elif rules.is_too_much(had[monday], share):
            yield day, f"この週のテレワークは、{rules.week_limit}日までです（すでに {round(had[monday], 2):g}日）。"
        else:
            had[monday] += share


def _one_by_one(user_id: int) -> None:
    """Of two acts on one person's days at the same moment the second waits and sees the first."""
    db.hold(select(func.pg_advisory_xact_lock(DAYS_OF, bindparam("user"))), {"user": user_id})


def _refuse_days(why: dict[date, str], asked: int) -> None:
    if why and asked > 1:
        days = (f"{day.month}月{day.day}日（{clock.WEEKDAYS[day.weekday()]}）：{words}" for day, words in why.items())
        raise Invalid(on_date=f"出せない日があるため、一つも出していません。{''.join(days)}")
    for words in why.values():
        raise Invalid(on_date=words)
