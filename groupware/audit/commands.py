"""Taking entries away as a list."""
from groupware.audit.events import EntriesTaken
from groupware.audit.forms import Sought
from groupware.audit.models import Entry
from groupware.audit.permissions import Audit
from groupware.audit.queries import MOST_TAKEN, entries, newest
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record


@command(Audit.READ)
def take_entries(actor: Actor, sought: Sought) -> list[Entry]:
    """Written down before a byte of it leaves."""
    found = entries(sought, limit=MOST_TAKEN)
    record(actor, EntriesTaken(newest(), " ".join(f"{name}={value}" for name, value in sought.as_query().items())))
    return found
