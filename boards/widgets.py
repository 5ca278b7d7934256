"""What waits on the boards, for the first page."""
from flask import url_for

from boards.models.notices import CONFIRM
from boards.queries.lists import waiting_rows
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Widget

SHOWN = 6
COUNTED = 100


def waiting_notices(actor: Actor) -> Widget:
    rows = waiting_rows(actor, COUNTED)
    total = f"{len(rows)}件以上" if len(rows) == COUNTED else f"{len(rows)}件"
    asked = [row for row in rows if row.notice.strength == CONFIRM]
    sentence = f"確認するお知らせが{len(asked)}件あります。" if asked else f"読んでいないお知らせが{total}あります。" if rows else ""
    return Widget("読む・確認するお知らせ", total, "boards/_waiting.html", list(rows[:SHOWN]), sentence, url_for("boards.index", show="waiting"))
