"""The helper's part in Markdown that was too slow for the door."""
from boards.events import NoticeRendered
from boards.permissions import Boards, Sheet
from boards.queries.sheets import sheet_for
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.markup import RenderedText


@command(Boards.KEEP, on=sheet_for)
def finish_rendering(actor: Actor, sheet: Sheet, rendered: RenderedText | None, version: int) -> None:
    """None: too slow even for the helper, the plain text stays."""
    notice = sheet.notice
    if notice.version != version or not notice.slow:
        raise Already(None)
    if rendered:
        notice.html, notice.plain = rendered.html, rendered.plain
    notice.slow = False
    record(actor, NoticeRendered(notice.id))
