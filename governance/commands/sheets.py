"""Progress sheets come back: kept, read by the helper, applied exactly as they were shown, or not at all."""
from typing import Any

from governance.commands.reports import put_down
from governance.events import SheetApplied, SheetBrought, SheetRead
from governance.models.sheets import APPLIED, READ, READING, REFUSED, Sheet
from governance.permissions import Governance, is_system
from governance.queries.sheets import sheet_for
from governance.sheets.comparing import Change, compare
from governance.sheets.form import TITLE_OF
from governance.sheets.reading import MOST_BYTES
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Forbidden, Invalid

CHANGED = "見ていただいた後に、報告か表が変わりました。いまの違いを確かめて、もう一度押してください。"


@command(Governance.ROUND_TRIP)
def bring_sheet(actor: Actor, file_name: str, body: bytes) -> int:
    if not body:
        raise Invalid(file="ファイルを選んでください。")
    if len(body) > MOST_BYTES:
        raise Invalid(file="ファイルが大きすぎます（3MBまで）。")
    sheet = Sheet(user_id=actor.user_id, file_name=file_name[:200], body=body, at=clock.now())
    db.session.add(sheet)
    db.session.flush()
    record(actor, SheetBrought(sheet.id))
    return sheet.id


@command(Governance.ROUND_TRIP, on=sheet_for)
def keep_rows(actor: Actor, sheet: Sheet, rows: list[Any], trouble: str) -> None:
    """By the helper."""
    if not is_system(actor, None) or sheet.state != READING:
        raise Forbidden
    sheet.rows, sheet.trouble, sheet.state, sheet.body = rows, trouble, REFUSED if trouble else READ, b""
    record(actor, SheetRead(sheet.id))


@command(Governance.ROUND_TRIP, on=sheet_for)
def apply_sheet(actor: Actor, sheet: Sheet, digest: str) -> int:
    """How many lines. Raises Invalid with the line, Conflict when it is not what was shown; then nothing has changed."""
    found = compare(actor, sheet.lines)
    if sheet.state != READ or found.digest != digest or not found.changes:
        raise Conflict(CHANGED)
    if found.troubles:
        line, title, words = found.troubles[0]
        raise Invalid(f"{line}行目の「{title}」: {words}")
    for change in found.changes:
        _apply(actor, change)
    sheet.state = APPLIED
    record(actor, SheetApplied(sheet.id, len(found.changes)))
    return len(found.changes)


def _apply(by: Actor, change: Change) -> None:
    """A refusal says on which line."""
    try:
        put_down(by, change.held, change.draft)
    except Invalid as wrong:
        name, words = next(iter(wrong.fields.items()))
        raise Invalid(f"{change.line}行目の「{TITLE_OF.get(name, name)}」: {words}何も取り込んでいません。") from wrong
