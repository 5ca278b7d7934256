"""Every change of the directory leaves another mark, in its own transaction."""
import secrets

from sqlalchemy import Connection, insert, update

from groupware.directory import events
from groupware.directory.models import Mark
from groupware.kernel.events import Fact

MARK = Mark.__table__
CHANGES = (
    events.PersonCreated, events.PersonChanged, events.PersonDisabled, events.PersonEnabled, events.AssignmentChanged, events.RoleGranted,
    events.RoleTaken, events.UnitCreated, events.UnitChanged, events.UnitClosed, events.UnitReopened, events.WordAdded, events.WordChanged,
    events.WordRemoved, events.GroupCreated, events.GroupChanged, events.DirectoryImported)


def leave_mark(connection: Connection, facts: list[Fact]) -> None:
    """At random: two databases, or two copies of one, never come by the same number."""
    if not any(isinstance(fact.event, CHANGES) for fact in facts):
        return
    number = secrets.randbits(62)
    if not connection.execute(update(MARK).values(number=number)).rowcount:         # type: ignore[arg-type]
        connection.execute(insert(MARK).values(id=1, number=number))                # type: ignore[arg-type]
