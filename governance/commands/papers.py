"""How papers are led on: what every kind has in common. A step is written down; what is final is frozen."""
import hashlib
from typing import Any

from sqlalchemy import func, select

from governance.models.papers import DUE, WRITING, Evaluation, Opinion, Report, Snapshot, Step, Undertaking
from governance.models.plan import Measure
from governance.permissions import Held
from governance.queries.papers import flow_of, measures_of, ruling_in_force
from groupware.kernel import clock, db, json
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict
from groupware.kernel.flow import Step as FlowStep

CHANGED = "ほかの人が先に書き換えました。いまの内容を確かめて、もう一度書いてください。"
NOT_OF_CONTENT = {"id", "state", "version", "reminded", "changed_at", "author_id", "measure_id", "unit_id", "indicator_id", "frozen"}


def lead_on(by: Actor, held: Held, act: str, reason: str = "") -> FlowStep:
    """Raises Forbidden, Conflict, or Invalid where a reason is wanted."""
    step = flow_of(held.paper, ruling_in_force()).step(held.paper.state, act, held.parts)
    step.want(reason, "何を、どう直せばよいかを書いてください。")
    held.paper.state, held.paper.changed_at = step.after, clock.now()
    held.paper.version += 1
    db.session.add(Step.by(by, step, reason, about=str(held.paper.ref)))
    return step


def begin_writing(held: Held, act: str, version: int) -> None:
    """Raises what forbids it, or Conflict when it is not the text that the writer saw. 0: whoever writes has seen none."""
    step = flow_of(held.paper, ruling_in_force()).step(held.paper.state, act, held.parts)
    if version and version != held.paper.version:
        raise Conflict(CHANGED)
    held.paper.state, held.paper.changed_at = step.after, clock.now()
    held.paper.version += 1


def freeze(by: Actor, paper: Undertaking | Report | Evaluation) -> int:
    """Its number. The content is whole: nothing has to be looked up to read it in ten years."""
    db.unit().flush()
    content, about = content_of(paper), str(paper.ref)
    number = (db.session.scalar(select(func.max(Snapshot.number)).where(Snapshot.about == about)) or 0) + 1
    db.session.add(Snapshot(about=about, number=number, content=content, digest=hashlib.sha256(json.dumps_sorted(content)).hexdigest(),
                            actor_name=by.name, at=clock.now()))
    return number


def content_of(paper: Undertaking | Report | Evaluation) -> dict[str, Any]:
    said = {column.name: getattr(paper, column.name) for column in paper.__table__.columns if column.name not in NOT_OF_CONTENT}
    said = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in said.items()}
    if isinstance(paper, Undertaking):
        measures = measures_of([paper.id]).get(paper.id, [])
        return {**said, "measures": [f"{each.code} {each.title}" for each in measures]}
    measure = db.session.get_one(Measure, paper.measure_id)
    found = db.session.scalars(select(Opinion).where(Opinion.about == str(paper.ref)).order_by(Opinion.id))
    return {**said, "measure": f"{measure.code} {measure.title}", "opinions": [f"{each.author_name}：{each.body}" for each in found]}


def is_open(paper: Report | Undertaking) -> bool:
    return paper.state in {DUE, WRITING}
