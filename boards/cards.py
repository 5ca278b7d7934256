"""How a notice and a board look from elsewhere; the owner of the thing authorises."""
from collections.abc import Collection

from flask import url_for

from boards.models.notices import STRENGTHS
from boards.permissions import Sheet
from boards.queries.desks import desks
from boards.queries.sheets import sheets_for
from groupware.kernel.actor import Actor
from groupware.kernel.feature import Jump
from groupware.kernel.ref import Ref
from groupware.kernel.text import fold
from groupware.kernel.things import Card

EXCERPT = 120
MOST_JUMPS = 6


def notice_cards(actor: Actor, notice_ids: Collection[int]) -> list[Card]:
    return [_card(sheet) for sheet in sheets_for(actor, notice_ids)]


def board_cards(actor: Actor, board_ids: Collection[int]) -> list[Card]:
    found = [desk.board for desk in desks(actor) if desk.board.id in board_ids]
    return [Card(Ref("boards.board", board.id), board.name, url_for("boards.board", board_id=board.id), "board", "掲示板", board.purpose)
            for board in found]


def jumps(actor: Actor, text: str) -> list[Jump]:
    """Boards whose name holds what was typed."""
    wanted = fold(text)
    found = [desk.board for desk in desks(actor) if wanted and wanted in fold(desk.board.name)]
    return [Jump(board.name, "掲示板", url_for("boards.board", board_id=board.id), "board") for board in found[:MOST_JUMPS]]


def _card(sheet: Sheet) -> Card:
    notice = sheet.notice
    where = f"{sheet.board.name}・{STRENGTHS[notice.strength][0]}・{notice.sender_name}"
    return Card(Ref("boards.notice", notice.id), notice.title, url_for("boards.notice", notice_id=notice.id), "board", where,
                " ".join(notice.plain.split())[:EXCERPT])
