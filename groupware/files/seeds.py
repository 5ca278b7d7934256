"""How long files stay in the demo city, and what is held there."""
from groupware.files.commands import place_hold, set_retention
from groupware.files.forms import HoldDraft, RetentionDraft
from groupware.files.retaining import foretell, seal_of, terms
from groupware.kernel.actor import SYSTEM

DECIDED = {"chat.message": "3", "boards.notice": "with", "meetings.paper": "10", "meetings.print": "10", "training.completion": "30"}


def plant() -> None:
    wanted = {**terms(), **DECIDED}
    set_retention(SYSTEM, RetentionDraft(wanted, seal_of(foretell(wanted))))
    place_hold(SYSTEM, HoldDraft("情報公開請求（令和8年第12号）への対応", "chat.message", None, None, None))
