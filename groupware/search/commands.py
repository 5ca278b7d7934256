"""What an administrator does to the index."""
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.search.events import RebuildAsked
from groupware.search.notes import ASKED, put_note
from groupware.search.permissions import Search
from groupware.search.waiting import bring_back


@command(Search.KEEP)
def rebuild_index(actor: Actor) -> None:
    """The helper does it; the index that serves goes on serving. What was put aside is tried again."""
    put_note(ASKED, {"at": clock.now().isoformat()})
    bring_back()
    record(actor, RebuildAsked())
