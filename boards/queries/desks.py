"""Boards, with what one may do on each: one query, however many boards and rights there are."""
from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, exists, select

from boards.models.places import VERBS, Board, Right
from boards.permissions import Desk, can_enter, can_keep, can_post, verbs_with
from groupware.directory.queries import ALL, circles_of
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound


def desk_for(actor: Actor, board_id: int) -> Desk:
    """Raises NotFound for a board that does not exist or that the actor may not know of."""
    return next(_known(actor, _desks().where(Board.id == board_id)), None) or _nowhere()


def desks(actor: Actor) -> list[Desk]:
    """In the order of the tree, without those that are put away."""
    return _in_order(list(_known(actor, _desks().where(Board.archived_at.is_(None)))))


def put_away(actor: Actor) -> list[Desk]:
    return list(_known(actor, _desks().where(Board.archived_at.is_not(None)).order_by(Board.name)))


def desks_to_post(actor: Actor) -> list[Desk]:
    return [desk for desk in desks(actor) if can_post(actor, desk)]


def desks_to_tell_all(actor: Actor) -> list[Desk]:
    """Where one may post and all staff read."""
    found = desks_to_post(actor)
    asked = select(Right.board_id).where(Right.who == ALL, Right.board_id.in_({desk.board.rights_of for desk in found}))
    here = set(db.session.scalars(asked))
    return [desk for desk in found if desk.board.rights_of in here]


def rights_on(board: Board) -> list[Right]:
    return list(db.session.scalars(select(Right).where(Right.board_id == board.id)))


def verb_columns() -> list[Any]:
    """For each verb whether somebody of the circles given as ``mine`` has it on the ``Board`` of the statement."""
    mine: BindParameter[str] = bindparam("mine", expanding=True)
    return [exists().where(Right.board_id == Board.rights_of, Right.verb == verb, Right.who.in_(mine)).label(f"may_{verb}") for verb in VERBS]


def verbs_of(row: Any) -> frozenset[str]:
    return verbs_with(frozenset(verb for verb in VERBS if getattr(row, f"may_{verb}")))


def depths(found: list[Desk]) -> dict[int, int]:
    """How deep each stands below those that one sees."""
    known: dict[int, int] = {}
    for desk in found:
        known[desk.board.id] = known.get(desk.board.parent_id or 0, -1) + 1
    return known


@cache
def _desks() -> Select[Any]:
    return select(Board, *verb_columns()).order_by(Board.position, Board.id)


def _known(actor: Actor, asked: Select[Any]) -> Iterator[Desk]:
    for row in db.session.execute(asked, {"mine": list(circles_of(actor))}):
        desk = Desk(row.Board, verbs_of(row))
        if can_enter(actor, desk) or can_keep(actor, desk.board):
            yield desk


def _in_order(found: list[Desk]) -> list[Desk]:
    """Each board before those below it; what hangs below a board one does not see stands for itself."""
    here = {desk.board.id for desk in found}
    below: dict[int, list[Desk]] = {}
    for desk in found:
        below.setdefault(desk.board.parent_id if desk.board.parent_id in here else 0, []).append(desk)

    def walk(board_id: int) -> Iterator[Desk]:
        for desk in below.get(board_id, ()):
            yield desk
            yield from walk(desk.board.id)
    return list(walk(0))


def _nowhere() -> Desk:
    raise NotFound
