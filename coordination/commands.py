"""Matters are raised, answered, brought higher and settled. Every step stays written down."""
from sqlalchemy import select

from coordination.events import MatterMoved, MatterRaised
from coordination.flows import MATTER
from coordination.forms import MatterDraft, MoveDraft
from coordination.models import ACCEPTED, COUNCIL, OBJECTED, RAISED, SETTLED, WITHDRAWN, Matter, Step
from coordination.permissions import Coordination, Held, leads_of
from coordination.queries import matter_for
from groupware.directory.queries import all_units, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Forbidden, Invalid
from groupware.kernel.flow import Step as FlowStep
from groupware.kernel.ports import plan_measures, team_roll
from groupware.kernel.things import Resolved

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


@command(Coordination.CARRY, on=matter_for)
def settle_by_council(actor: Actor, held: Held, said: Resolved) -> None:
    """A second decision of the same sitting is added; what was settled by others stands."""
    matter = held.matter
    if _is_carried(matter, said) or matter.state == WITHDRAWN or (matter.state == SETTLED and matter.decider != said.by):
        raise Already(None)
    step = MATTER.step(matter.state, "resolve", held.parts)
    matter.basis = f"{matter.basis}\n{said.words}" if matter.state == SETTLED else said.words
    matter.state, matter.decider, matter.settled_on, matter.public = step.after, said.by, said.day, True
    _note(actor, matter, step, f"{said.by}：{said.words}", str(said.source))
    record(actor, MatterMoved(matter.id, step.act, matter.state, matter.version))


@command(Coordination.CARRY, on=matter_for)
def note_task_of_council(actor: Actor, held: Held, said: Resolved) -> None:
    """It is done where it was given; here stands that it was."""
    matter = held.matter
    if _is_carried(matter, said) or matter.state == WITHDRAWN:
        raise Already(None)
    step = MATTER.step(matter.state, "assign", held.parts)
    matter.public = True
    _note(actor, matter, step, f"{said.by}：{said.words}{_by_whom(said)}", str(said.source))
    record(actor, MatterMoved(matter.id, step.act, matter.state, matter.version))


def carry_back(said: Resolved) -> None:
    matter = db.session.get(Matter, said.about.id) if said.about.kind == Matter.kind else None
    if matter:
        (note_task_of_council if said.task else settle_by_council)(SYSTEM, matter.id, said)


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


def _note(by: Actor, matter: Matter, step: FlowStep, reason: str, source: str = "") -> None:
    matter.version, matter.changed_at = matter.version + 1, clock.now()
    db.session.add(Step.by(by, step, reason, matter_id=matter.id, source=source))


def _is_carried(matter: Matter, said: Resolved) -> bool:
    return db.session.scalar(select(Step.id).where(Step.matter_id == matter.id, Step.source == str(said.source))) is not None


def _by_whom(said: Resolved) -> str:
    owner = people_cards([said.owner_id]).get(said.owner_id)
    until = f"{said.due_on.month}月{said.due_on.day}日まで" if said.due_on else ""
    words = "、".join(filter(None, (owner.name if owner else "", until)))
    return f"（{words}）" if words else ""
