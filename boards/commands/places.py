"""Boards are founded, changed, put away."""
from sqlalchemy import delete, update

from boards.events import BoardChanged, BoardCreated
from boards.forms import BoardDraft
from boards.models.places import Board, Right
from boards.permissions import Boards, Desk, can_found, can_manage
from boards.queries.desks import desk_for, rights_on
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Forbidden, Invalid


@command(Boards.FOUND)
def found_board(actor: Actor, draft: BoardDraft) -> int:
    """At the top of the tree; who may do what there must be said."""
    if not draft.rights:
        raise Invalid(rights="だれが読めるかを選んでください。")
    return _plant(actor, draft, None)


@command(Boards.MANAGE, on=desk_for)
def add_board(actor: Actor, desk: Desk, draft: BoardDraft) -> int:
    """Below another one, whose rights it has unless it says its own."""
    return _plant(actor, draft, desk.board)


@command(Boards.MANAGE, on=desk_for)
def change_board(actor: Actor, desk: Desk, draft: BoardDraft) -> None:
    """Name, purpose and rights. Its place in the tree stays."""
    board = desk.board
    if not draft.rights and board.parent_id is None:
        raise Invalid(rights="だれが読めるかを選んでください。")
    board.name, board.purpose, board.approval = draft.name, draft.purpose, draft.approval
    _set_rights(board, draft, _above(actor, board))
    record(actor, BoardChanged(board.id))


@command(Boards.MANAGE, on=desk_for)
def archive_board(actor: Actor, desk: Desk) -> None:
    """Nothing more is put up there; everything stays readable."""
    if desk.board.archived_at:
        raise Already(None)
    desk.board.archived_at = clock.now()
    record(actor, BoardChanged(desk.board.id))


@command(Boards.MANAGE, on=desk_for)
def reopen_board(actor: Actor, desk: Desk) -> None:
    if not desk.board.archived_at:
        raise Already(None)
    desk.board.archived_at = None
    record(actor, BoardChanged(desk.board.id))


def _plant(actor: Actor, draft: BoardDraft, above: Board | None) -> int:
    board = Board(name=draft.name, purpose=draft.purpose, approval=draft.approval, parent_id=above.id if above else None, created_at=clock.now(),
                  of_group=above.of_group if above else draft.of_group)
    db.session.add(board)
    db.session.flush()
    board.position = board.id
    _set_rights(board, draft, above)
    record(actor, BoardCreated(board.id))
    return board.id


def _set_rights(board: Board, draft: BoardDraft, above: Board | None) -> None:
    """Boards below without rights of their own follow."""
    before = board.rights_of
    if {(right.verb, right.who) for right in rights_on(board)} != draft.rights:
        db.session.execute(delete(Right).where(Right.board_id == board.id))
        db.session.add_all(Right(board_id=board.id, verb=verb, who=who) for verb, who in sorted(draft.rights))
    board.rights_of = board.id if draft.rights or above is None else above.rights_of
    db.session.flush()
    if before and before != board.rights_of:
        _follow(board, before)


def _follow(board: Board, before: int) -> None:
    """Those below that had the same rights as this one, at whatever depth."""
    ahead = [board.id]
    while ahead:
        below = update(Board).where(Board.parent_id.in_(ahead), Board.rights_of == before).values(rights_of=board.rights_of)
        ahead = list(db.session.scalars(below.returning(Board.id)))


def _above(actor: Actor, board: Board) -> Board | None:
    """Raises Forbidden when the rights would be those of a board which the actor does not manage."""
    if board.parent_id is None:
        return None
    above = db.session.get_one(Board, board.parent_id)
    if board.rights_of == board.id and not (can_found(actor, None) or can_manage(actor, desk_for(actor, above.id))):
        raise Forbidden
    return above
