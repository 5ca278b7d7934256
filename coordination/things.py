"""How matters look from elsewhere: cards, search, the first page, the page of a team, the council."""
from collections.abc import Collection, Iterator
from datetime import datetime, time

from sqlalchemy import select

from coordination.models import ANSWERS, COUNCIL, OPEN, RAISED, STATES, STEERED, Matter
from coordination.permissions import STEERING, parts_of, visible_matters
from coordination.queries import is_high, matters_by_ids, of_team, open_matters, spoken_for
from groupware.directory.queries import circle
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.feature import Jump
from groupware.kernel.findable import Document, Findable
from groupware.kernel.ref import Ref
from groupware.kernel.text import fold
from groupware.kernel.things import Candidate, Card
from groupware.kernel.widget import Todo, Widget
from groupware.ui.paths import path_for

ENDS = time(17, 15)
MOST, LONG = 6, 30         # lines; days without a settlement
NAME = "調整事項"


def matter_cards(actor: Actor, ids: Collection[int]) -> list[Card]:
    return [Card(each.ref, each.title, path_of(each), "follow", f"{NAME}・{said(each)}", each.body[:200]) for each in matters_by_ids(actor, ids)]


def said(matter: Matter) -> str:
    return f"「{matter.from_name}」から「{matter.to_name}」へ・{STATES[matter.state]}"


def path_of(matter: Matter) -> str:
    return path_for("coordination.matter", matter_id=matter.id)


def jumps(_: Actor, text: str) -> list[Jump]:
    wanted = fold(text)
    return [Jump(NAME, "チームと課のあいだ", path_for("coordination.index"), "follow")] if wanted and wanted in fold(NAME) else []


def matter_documents(ids: Collection[int]) -> Iterator[Document]:
    for each in db.session.scalars(select(Matter).where(Matter.id.in_(ids))):
        lines = (each.body, each.basis, f"{each.from_name} {each.to_name} {each.raiser_name} {ANSWERS[each.answer]} {STATES[each.state]}")
        yield Document(each.ref, circle(Matter.kind, each.id), each.created_at, "\n".join(filter(None, lines)), each.title, each.raiser_id,
                       tuple(f"measure:{code}" for code in each.measures.split()))


def audiences(actor: Actor) -> list[str]:
    return [circle(Matter.kind, number) for number in db.session.scalars(visible_matters(actor))]


def matters_to_move(actor: Actor) -> Iterator[Todo]:
    """Two questions; for whom nothing waits, none of it."""
    if actor.outside or not actor.user_id:
        return
    found = open_matters(actor)
    leads = spoken_for(actor) if found else frozenset()
    for each in found:
        parts = parts_of(actor, each, leads)
        act = "答える" if each.state == RAISED and "to" in parts else "調整する" if each.state in {STEERED, COUNCIL} and STEERING in parts else ""
        if act:
            due = datetime.combine(each.wanted_on, ENDS, clock.JST) if each.wanted_on else None
            yield Todo("調整", "follow", each.title, path_of(each), act, f"{each.from_name}から", due)


def matters_of_team(actor: Actor, team: Ref) -> Widget | None:
    """For whom there is something to see, and for who may raise one."""
    found = of_team(actor, team)
    if not found:
        return None
    waiting = sum(each.state in OPEN for each in found)
    return Widget(NAME, f"{len(found)}件", "coordination/_of_team.html", list(found[:MOST]), f"{waiting}件が調整中" if waiting else "", order=30)


def for_council(actor: Actor) -> Iterator[Candidate]:
    """What 行政管理課 has in hand, and what is before the council; then what has waited long for an answer."""
    for each in open_matters(actor):
        since = each.created_at.astimezone(clock.JST).date()
        if is_high(each) or (clock.today() - since).days > LONG:
            yield Candidate(each.ref, NAME, each.title, said(each), since)





def _ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Matter.id).where(Matter.id > after).order_by(Matter.id).limit(limit)))


FINDABLE = Findable((NAME, "調整", "matter"), "follow", matter_documents, _ids)
