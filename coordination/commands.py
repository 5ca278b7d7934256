"""Matters are raised, answered, brought higher and settled. Every step stays written down."""
from coordination.events import MatterMoved, MatterRaised
from coordination.flows import MATTER
from coordination.forms import MatterDraft, MoveDraft
from coordination.models import ACCEPTED, COUNCIL, OBJECTED, RAISED, Matter, Step
from coordination.permissions import Coordination, Held, leads_of
from coordination.queries import matter_for
from groupware.directory.queries import all_units
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Forbidden, Invalid
from groupware.kernel.flow import Step as FlowStep
from groupware.kernel.ports import plan_measures, team_roll

ANSWERS = {"accept": ACCEPTED, "object": OBJECTED}


@command(Coordination.RAISE)
def raise_matter(actor: Actor, draft: MatterDraft) -> int:
    """By who leads the work of a team."""
    crew = next((each for each in leads_of(actor) if each.ref == draft.from_team), None)
    if crew is None:
        raise Forbidden("調整事項は、チームの取りまとめかデジタルリーダーが出します。")
    if not {code for code, _ in plan_measures().all()}.issuperset(draft.measures):
        raise Invalid(measure="いまの計画にない施策です。選び直してください。")
    matter = Matter(title=draft.title, body=draft.body, measures=" ".join(draft.measures), from_team=str(crew.ref), from_name=crew.name,
                    to_team=str(draft.to_team) if draft.to_team else None, to_unit_id=draft.to_unit or None, to_name=_to_name(draft),
                    wanted_on=draft.wanted_on, raiser_id=actor.user_id, raiser_name=actor.name, version=0, created_at=clock.now(),
                    changed_at=clock.now())
    db.session.add(matter)
    db.session.flush()
    _note(actor, matter, FlowStep("raise", (), RAISED, frozenset(), "調整事項を出した"), "")
    record(actor, MatterRaised(matter.id))
    return matter.id


@command(Coordination.MOVE, on=matter_for)
def move_matter(actor: Actor, held: Held, draft: MoveDraft) -> None:
    """Raises Forbidden, Conflict, or Invalid where something is missing."""
    matter, step = held.matter, MATTER.step(held.matter.state, draft.act, held.parts)
    step.want(draft.reason)
    if draft.act == "settle":
        if not draft.decider:
            raise Invalid(decider="だれが決めたかを書いてください。例 両チームの合意、第5回DX連絡会議")
        matter.decider, matter.basis, matter.settled_on = draft.decider, draft.reason, clock.today()
    matter.answer = ANSWERS.get(draft.act, matter.answer)
    matter.state, matter.public = step.after, matter.public or step.after == COUNCIL
    _note(actor, matter, step, f"{draft.decider}：{draft.reason}" if draft.act == "settle" else draft.reason)
    record(actor, MatterMoved(matter.id, draft.act, matter.state, matter.version))


def _to_name(draft: MatterDraft) -> str:
    if draft.to_team:
        found = next((crew.name for crew in team_roll().running() if crew.ref == draft.to_team != draft.from_team), None)
        wrong = {"to_team": "相手のチームを選び直してください。活動中の、自分たちではないチームに出せます。"}
    else:
        found = next((node.name for node in all_units() if node.id == draft.to_unit), None)
        wrong = {"to_unit": "相手の課を選び直してください。"}
    if found is None:
        raise Invalid(**wrong)
    return found


def _note(by: Actor, matter: Matter, step: FlowStep, reason: str) -> None:
    matter.version, matter.changed_at = matter.version + 1, clock.now()
    db.session.add(Step.by(by, step, reason, matter_id=matter.id))
