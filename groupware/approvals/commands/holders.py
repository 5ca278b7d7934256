"""Before whom an asking lies: as rows, so that a list and a badge cost one question. The directory is asked whenever something turns on it."""
from sqlalchemy import delete, select, update

from groupware.approvals.events import HoldersMoved
from groupware.approvals.models import Asking, Holder, Step
from groupware.approvals.permissions import Approvals, Paper
from groupware.approvals.queries.askings import paper_for
from groupware.approvals.queries.seats import deciders
from groupware.approvals.thing import seat_of, thing_of
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record


@command(Approvals.FOLLOW, on=paper_for)
def follow_organisation(actor: Actor, paper: Paper) -> None:
    """Transfers, absences, a new day: the step belongs to the post, so its new holder finds it."""
    arrived = lay_before(paper.asking, paper.due) if paper.due else None
    if arrived is None:
        raise Already(None)
    record(actor, HoldersMoved(paper.asking.id, thing_of(paper.asking), tuple(sorted(arrived))))


def put_before(asking: Asking, step: Step | None) -> tuple[int, ...]:
    """From the desks it lay on to those of the next step; None: to nobody's. Who had it keeps seeing it. Who has it now."""
    db.session.execute(update(Holder).where(Holder.asking_id == asking.id).values(waiting=False).execution_options(synchronize_session=False))
    people = deciders(seat_of(step), asking.asker_id) if step else {}
    if step:
        _add(asking, step, people)
    return tuple(sorted(people))


def lay_before(asking: Asking, step: Step) -> set[int] | None:
    """Whoever may decide it at this moment, and nobody else. Who has arrived; None when nothing has changed."""
    now = deciders(seat_of(step), asking.asker_id)
    before = {row.user_id: row.stands_in for row in db.session.scalars(select(Holder).where(Holder.step_id == step.id))}
    if now == before:
        return None
    db.session.execute(delete(Holder).where(Holder.step_id == step.id).execution_options(synchronize_session=False))
    _add(asking, step, now)
    return now.keys() - before.keys()


def _add(asking: Asking, step: Step, people: dict[int, bool]) -> None:
    db.session.add_all(Holder(step_id=step.id, user_id=user_id, asking_id=asking.id, stands_in=stands_in, waiting=True)
                       for user_id, stands_in in sorted(people.items()))
    db.session.flush()
