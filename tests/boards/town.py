"""A small city hall with boards, made by the commands, and what its tests ask of it."""
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from boards import reading
from boards.commands.places import found_board
from boards.commands.publishing import publish_notice
from boards.commands.receipts import address_notice, ask_again, confirm_notice
from boards.commands.writing import draft_notice, edit_notice
from boards.forms import BoardDraft, NoticeDraft
from boards.models.notices import Notice
from boards.models.receipts import Receipt
from boards.permissions import Sheet
from boards.queries.receipts import badge
from boards.queries.sheets import sheet_for
from groupware.directory.queries import ids_by_unit_code
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.commands import Already
from groupware.kernel.errors import Forbidden, NotFound
from tests.directory.town import actor, build_town, person
from tests.support.prepared import prepared

DUE = "2099-10-20"
WEDNESDAY = datetime(2026, 10, 14, 10, 0, tzinfo=clock.JST)


@prepared
def hall() -> dict[str, Actor]:
    """The sender in 税務課, the head of 市民課, a clerk of 窓口係, one of 戸籍係, and a clerk of 税務課."""
    build_town()
    made = {"sender": ("井上 慎一", "0320", "係長"), "head": ("藤倉 美咲", "0310", "課長"), "clerk": ("柏木 真帆", "0311", "主事"),
            "other": ("長谷部 悠", "0312", "主事"), "tax": ("倉持 浩明", "0321", "主事")}
    return {key: actor(person(name, at=at, post=post)) for key, (name, at, post) in made.items()}


def unit(code: str) -> int:
    return ids_by_unit_code()[code]


def board(*rights: tuple[str, str], name: str = "全庁", approval: bool = False) -> int:
    """Everybody reads and asks, 税務課 posts, unless told otherwise."""
    usual = (("read", "all"), ("comment", "all"), ("post", f"below:{unit('0320')}"))
    made: int = found_board(SYSTEM, BoardDraft(name, rights=frozenset(rights or usual), approval=approval))
    return made


def form(**more: Any) -> MultiDict[str, str]:
    """A notice of 税務課 to 市民課 and below, to be confirmed."""
    given = {"title": "様式が変わります", "body": "来週から新しい様式です。", "sender": f"below:{unit('0320')}", "strength": "confirm", "due_on": DUE,
             "to_below": [str(unit("0310"))], **more}
    return MultiDict({key: value for key, value in given.items() if value is not None})


def draft(**more: Any) -> NoticeDraft:
    return NoticeDraft.parse(form(**more))


def notice(sender: Actor, board_id: int, **more: Any) -> int:
    """Published, and arrived."""
    notice_id: int = draft_notice(sender, board_id, draft(**more))
    publish_notice(sender, notice_id)
    arrive(notice_id)
    return notice_id


def arrive(notice_id: int) -> None:
    """What the helper does."""
    address_notice(SYSTEM, notice_id)
    ask_again(SYSTEM, notice_id)
    db.end_reading()


def edit(sender: Actor, notice_id: int, **more: Any) -> None:
    edit_notice(sender, notice_id, draft(**{"version": str(the_notice(notice_id).version), **more}))
    arrive(notice_id)


def open_it(reader: Actor, *notice_ids: int) -> None:
    """As on the page, and kept."""
    for notice_id in notice_ids:
        reading.mark_opened(reader, notice_id)
    reading.opened.now()
    db.end_reading()


def confirm(reader: Actor, notice_id: int) -> None:
    confirm_notice(reader, notice_id, the_notice(notice_id).asked)
    db.end_reading()


def the_notice(notice_id: int) -> Notice:
    db.end_reading()
    return db.session.get_one(Notice, notice_id)


def receipt(notice_id: int, reader: Actor) -> Receipt | None:
    db.end_reading()
    return db.session.get(Receipt, (notice_id, reader.user_id))


def sheet(who: Actor, notice_id: int) -> Sheet:
    db.end_reading()
    return sheet_for(who, notice_id)


def holders(notice_id: int) -> set[int]:
    """Ids of those it is for now."""
    db.end_reading()
    return set(db.session.scalars(select(Receipt.user_id).where(Receipt.notice_id == notice_id, Receipt.gone_at.is_(None))))


def waiting(who: Actor) -> int:
    """The number on the badge."""
    db.end_reading()
    return db.session.scalar(badge(who.user_id)) or 0


def ids(people: Iterable[Actor]) -> set[int]:
    return {each.user_id for each in people}


def today() -> str:
    return clock.today().isoformat()


def may_do(act: Callable[[], object]) -> bool:
    """Whether it is allowed; whatever it does is undone, so that the next one finds everything as it was."""
    db.end_reading()

    def tried() -> None:
        act()
        raise Undone
    with suppress(Forbidden, NotFound):
        try:
            db.write(tried)
        except (Undone, Already):
            return True
    return False


class Undone(Exception):
    """As if nothing had happened."""
