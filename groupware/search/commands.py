"""What an administrator does to the index."""
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.search.events import CheckAsked, RebuildAsked
from groupware.search.notes import ASKED, CHECK, REBUILD, put_note
from groupware.search.permissions import Search
from groupware.search.waiting import bring_back


@command(Search.KEEP)
def rebuild_index(actor: Actor) -> None:
    """The helper does it; the index that serves goes on serving. What was put aside is tried again."""
    _ask(REBUILD)
    bring_back()
    record(actor, RebuildAsked())


@command(Search.KEEP)
def check_index(actor: Actor) -> None:
    """The helper compares the index with what there is, as it does every night, and mends what differs."""
    _ask(CHECK)
    record(actor, CheckAsked())


def _ask(what: str) -> None:
    put_note(ASKED, {"what": what, "at": clock.now().isoformat()})
