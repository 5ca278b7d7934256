"""Things are tied to measures: by somebody who sees them, or because their own feature says so."""
from sqlalchemy import select

from governance.events import ThingTied, ThingUntied
from governance.models.ties import Tie
from governance.permissions import Governance, can_keep
from governance.queries.plan import measure_coded
from governance.queries.ties import codes_of, tie_for
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Forbidden, NotFound
from groupware.kernel.ref import Ref
from groupware.kernel.things import Resolved, Tied, card_for


@command(Governance.TIE)
def tie_thing(actor: Actor, about: Ref, code: str) -> int:
    """Raises NotFound for what the actor may not see."""
    measure = measure_coded(code)
    if not actor.has("system"):
        card_for(actor, about)
    found = db.session.scalar(select(Tie.id).where(Tie.about == str(about), Tie.measure_id == measure.id))
    if found:
        raise Already(found)
    tie = Tie(measure_id=measure.id, about=str(about), kind=about.kind, author_id=actor.user_id, author_name=actor.name, at=clock.now())
    db.session.add(tie)
    db.session.flush()
    record(actor, ThingTied(measure.id, str(about)))
    return tie.id


@command(Governance.TIE, on=tie_for)
def untie_thing(actor: Actor, tie: Tie) -> None:
    """By whoever tied it, and by 行政管理課."""
    if tie.author_id != actor.user_id and not can_keep(actor, None):
        raise Forbidden
    db.session.delete(tie)
    record(actor, ThingUntied(tie.measure_id, tie.about))


def keep_tied(effect: Tied) -> None:
    """A measure that the plan does not know is no reason to fail."""
    try:
        tie_thing(SYSTEM, effect.about, effect.code)
    except NotFound:
        return


def keep_resolved(said: Resolved) -> None:
    """Where it is written stands in the story of each measure that the thing belongs to."""
    for code in codes_of(said.about):
        keep_tied(Tied(said.source, code))
