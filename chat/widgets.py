"""The unread talks, for the first page."""
from flask import url_for

from chat.queries.rooms import entries
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Widget

SHOWN = 8


def unread_talks(actor: Actor) -> Widget:
    unread = [entry for entry in entries(actor) if entry.unread]
    total = sum(entry.unread for entry in unread)
    sentence = f"未読の会話が{len(unread)}部屋 {total}件あります。" if unread else ""
    return Widget("未読の会話", f"{len(unread)}部屋 {total}件", "chat/_unread_talks.html", list(unread[:SHOWN]), sentence,
                  url_for("chat.index"), order=30)
