"""The one sanctioned way to an asking: as a paper in the hands of the person who asks."""
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select

from groupware.approvals.models import GRANTED, RETURNED, WAITING, Absence, Asking, Holder, Step
from groupware.approvals.permissions import Paper, can_see, visible_askings
from groupware.directory.queries import PersonCard, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ref import Ref

PAGE = 30
TODO, MINE, DONE = "todo", "mine", "done"


@dataclass(frozen=True, slots=True)
class Page:
    papers: list[Paper]
    older: int = 0


def paper_for(actor: Actor, asking_id: int) -> Paper:
    """Raises NotFound for one that does not exist or that the actor may not know of."""
    found = papers_for(actor, [asking_id])
    if not found:
        raise NotFound
    return found[0]


def papers_for(actor: Actor, asking_ids: Collection[int]) -> list[Paper]:
    """Of these those the actor may see, the newest first. Three queries. A command holds them."""
    db.hold(select(Asking.id).where(Asking.id.in_(asking_ids)).order_by(Asking.id).with_for_update(), {})
    askings = db.session.scalars(select(Asking).where(Asking.id.in_(asking_ids)).order_by(Asking.id.desc())).all()
    steps, held = _steps(asking_ids), _held(actor, asking_ids)
    papers = [Paper(asking, steps[asking.id], held.get(asking.id)) for asking in askings]
    return [paper for paper in papers if can_see(actor, paper) or actor.has("system")]


def asking_about(actor: Actor, ref: Ref) -> Paper:
    """The last one about a thing."""
    found = last_about(ref)
    if found is None:
        raise NotFound
    return paper_for(actor, found.id)


def last_about(ref: Ref) -> Asking | None:
    asked = select(Asking).where(Asking.thing_kind == ref.kind, Asking.thing_id == ref.id).order_by(Asking.id.desc()).limit(1)
    return db.session.scalar(asked)


def earlier(paper: Paper) -> list[Asking]:
    """Askings about the same thing before this one, the newest first."""
    asking = paper.asking
    if not asking.thing_kind:
        return []
    asked = select(Asking).where(Asking.thing_kind == asking.thing_kind, Asking.thing_id == asking.thing_id, Asking.id < asking.id)
    return list(db.session.scalars(asked.order_by(Asking.id.desc())))


def page_of(actor: Actor, show: str, before: int = 0) -> Page:
    """``show``: what waits for the actor (the oldest first), what they have asked, what they have decided."""
    asked = _of_list(actor, show)
    if before:
        asked = asked.where(Asking.id > before if show == TODO else Asking.id < before)
    ids = list(db.session.scalars(asked.order_by(Asking.id if show == TODO else Asking.id.desc()).limit(PAGE + 1)))
    papers = {paper.asking.id: paper for paper in papers_for(actor, ids[:PAGE])}
    return Page([papers[asking_id] for asking_id in ids[:PAGE] if asking_id in papers], ids[PAGE - 1] if len(ids) > PAGE else 0)


def waiting_for(actor: Actor) -> list[tuple[Asking, bool]]:
    """What lies before the actor, the oldest first, and whether they stand in. One query."""
    asked = (select(Asking, Holder.stands_in).join(Holder, Holder.asking_id == Asking.id).where(Holder.user_id == actor.user_id, Holder.waiting)
             .order_by(Asking.id).limit(PAGE))
    return [(asking, stands_in) for asking, stands_in in db.session.execute(asked)]


def badge(user_id: int) -> Select[Any]:
    return select(func.count()).where(Holder.user_id == user_id, Holder.waiting)


def holders_of(paper: Paper) -> list[tuple[PersonCard, bool]]:
    """Who may decide now, and whether in somebody's stead."""
    if paper.due is None:
        return []
    rows = list(db.session.scalars(select(Holder).where(Holder.step_id == paper.due.id, Holder.waiting).order_by(Holder.stands_in, Holder.user_id)))
    cards = people_cards(row.user_id for row in rows)
    return [(cards[row.user_id], row.stands_in) for row in rows if row.user_id in cards]


def held_things(actor: Actor, kind: str) -> Select[int]:
    """Ids of the things of a kind about which the actor decides or has decided."""
    return (select(Asking.thing_id).join(Holder, Holder.asking_id == Asking.id)
            .where(Asking.thing_kind == kind, Holder.user_id == actor.user_id))


def absences_of(actor: Actor) -> list[Absence]:
    """Of today and later."""
    asked = select(Absence).where(Absence.user_id == actor.user_id, Absence.ends_on >= clock.today())
    return list(db.session.scalars(asked.order_by(Absence.starts_on)))


def absence_for(actor: Actor, absence_id: int) -> Absence:
    found = db.session.get(Absence, absence_id)
    if found is None or found.user_id != actor.user_id:
        raise NotFound
    return found


def waiting_ids() -> list[int]:
    return list(db.session.scalars(select(Asking.id).where(Asking.state == WAITING).order_by(Asking.id)))


def _of_list(actor: Actor, show: str) -> Select[int]:
    if show == MINE:
        return select(Asking.id).where(Asking.asker_id == actor.user_id)
    if show == TODO:
        return select(Asking.id).join(Holder, and_(Holder.asking_id == Asking.id, Holder.user_id == actor.user_id, Holder.waiting))
    decided = select(Step.asking_id).where(Step.decider_id == actor.user_id, Step.result.in_((GRANTED, RETURNED)))
    return visible_askings(actor).where(Asking.asker_id != actor.user_id, (Asking.state != WAITING) | Asking.id.in_(decided))


def _steps(asking_ids: Collection[int]) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = defaultdict(list)
    for step in db.session.scalars(select(Step).where(Step.asking_id.in_(asking_ids)).order_by(Step.position)):
        found[step.asking_id].append(step)
    return found


def _held(actor: Actor, asking_ids: Collection[int]) -> dict[int, Holder]:
    """The row that waits before those of steps decided."""
    mine = select(Holder).where(Holder.asking_id.in_(asking_ids), Holder.user_id == actor.user_id).order_by(Holder.waiting)
    return {holder.asking_id: holder for holder in db.session.scalars(mine)}
