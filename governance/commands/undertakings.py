"""年度取組: written by a section, confirmed by its head, received and fixed by 行政管理課, revised during the year as another version."""
from sqlalchemy import delete, select

from governance.commands.papers import begin_writing, freeze, lead_on
from governance.events import UndertakingMoved, UndertakingWritten
from governance.forms.papers import UndertakingDraft
from governance.models.papers import FIXED, Undertaking, UndertakingMeasure
from governance.models.plan import Measure
from governance.permissions import Governance, Held, Place
from governance.queries.papers import undertaking_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Invalid


@command(Governance.PLAN_YEAR, on=lambda _, unit_id: Place((unit_id,)))
def plan_undertaking(actor: Actor, place: Place, draft: UndertakingDraft) -> int:
    made = Undertaking(unit_id=place.units[0], fiscal_year=draft.fiscal_year, title=draft.title, body=draft.body, author_id=actor.user_id,
                       author_name=actor.name, changed_at=clock.now())
    db.session.add(made)
    db.session.flush()
    _tie(made, draft.measures)
    record(actor, UndertakingWritten(made.id))
    return made.id


@command(Governance.MOVE, on=undertaking_for)
def write_undertaking(actor: Actor, held: Held, draft: UndertakingDraft) -> None:
    begin_writing(held, "write", draft.version)
    paper = held.paper
    paper.title, paper.body, paper.fiscal_year, paper.author_id, paper.author_name = (          # type: ignore[union-attr]
        draft.title, draft.body, draft.fiscal_year, actor.user_id, actor.name)
    _tie(paper, draft.measures)         # type: ignore[arg-type]
    record(actor, UndertakingWritten(paper.id))


@command(Governance.MOVE, on=undertaking_for)
def move_undertaking(actor: Actor, held: Held, act: str, reason: str = "") -> None:
    step = lead_on(actor, held, act, reason)
    if step.after == FIXED and isinstance(held.paper, Undertaking):
        held.paper.frozen = freeze(actor, held.paper)
    record(actor, UndertakingMoved(held.paper.id, act, step.after))


def _tie(paper: Undertaking, measures: tuple[int, ...]) -> None:
    known = set(db.session.scalars(select(Measure.id).where(Measure.id.in_(measures), Measure.gone_at.is_(None))))
    if known != set(measures):
        raise Invalid(measure="施策を選び直してください。")
    db.session.execute(delete(UndertakingMeasure).where(UndertakingMeasure.undertaking_id == paper.id))
    db.session.add_all(UndertakingMeasure(undertaking_id=paper.id, measure_id=each) for each in measures)
