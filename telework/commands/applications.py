"""Working from home is asked for, permitted, reported and confirmed."""
from groupware.directory.queries import staff_kind_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid
from telework.commands.days import tell_places
from telework.events import TeleworkAsked, TeleworkMoved, TeleworkRuled
from telework.flows import APPLICATION, ON_THE_DAY
from telework.forms import ApplicationDraft
from telework.hours import covered, meet
from telework.models.applications import Application, RulesRow, Step
from telework.permissions import Held, Telework
from telework.queries.applications import application_for, days_in_week, main_place, rules_in_force, standing_on
from telework.rules import Rules

NO_PLACE = "所属がないため申請できません。人事の担当にお尋ねください。"
WHY = {"report": "今日の成果を書いてください。", "again": "何を書き直せばよいかを書いてください。", "refuse": "承認しないわけを書いてください。"}


@command(Telework.ASK)
def ask_to_work_at_home(actor: Actor, draft: ApplicationDraft) -> int:
    """Raises Invalid with what the city's rules do not allow."""
    rules, unit = rules_in_force(), main_place(actor.user_id)
    if unit is None:
        raise Conflict(NO_PLACE)
    share = rules.share(draft.span, draft.begins, draft.ends)
    rules.check_asked(draft.reason, draft.declared)
    _refuse_twice(actor, draft)
    rules.check_week(days_in_week(actor.user_id, draft.on_date), share)
    made = Application(user_id=actor.user_id, user_name=actor.name, user_label=actor.label, unit_id=unit, on_date=draft.on_date, span=draft.span,
                       begins=draft.begins, ends=draft.ends, share=share, reason=draft.reason, work=draft.work, contact=draft.contact,
                       takes_out=draft.takes_out, declared=" ".join(name for name in rules.declarations if name in draft.declared),
                       special=rules.is_special(staff_kind_of(actor.user_id)), changed_at=clock.now())
    db.session.add(made)
    db.session.flush()
    record(actor, TeleworkAsked(made.id))
    return made.id


@command(Telework.MOVE, on=application_for)
def move_application(actor: Actor, held: Held, act: str, reason: str = "") -> None:
    """Raises Forbidden, Conflict, or Invalid where words are wanted."""
    application = held.application
    step = APPLICATION.step(application.state, act, held.parts)
    step.want(reason, WHY.get(act, ""))
    if act in ON_THE_DAY and application.on_date != clock.today():
        raise Conflict("始業・中断・再開・終業は、その日に報告してください。")
    rules_in_force().check_report(act)
    application.state, application.changed_at = step.after, clock.now()
    if act == "report":
        application.outcome = reason
    if act in {"grant", "withdraw"}:
        tell_places(application, standing_on(application.user_id, application.on_date))
    db.session.add(Step.by(actor, step, reason, application_id=application.id))
    record(actor, TeleworkMoved(application.id, act, step.after))


@command(Telework.RULE)
def change_rules(actor: Actor, rules: Rules) -> int:
    made = RulesRow(content=rules.content(), author_name=actor.name, at=clock.now())
    db.session.add(made)
    db.session.flush()
    record(actor, TeleworkRuled(made.id))
    return made.id


def _refuse_twice(actor: Actor, draft: ApplicationDraft) -> None:
    wanted = covered(draft.span, draft.begins, draft.ends)
    if any(meet(wanted, covered(each.span, each.begins, each.ends)) for each in standing_on(actor.user_id, draft.on_date)):
        raise Invalid(on_date="その日の申請がすでにあります。")
