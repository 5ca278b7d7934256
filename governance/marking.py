"""Every change of the plan, or of what is entered beside it, leaves another mark, in its own transaction."""
import secrets

from sqlalchemy import Connection, insert, update

from governance import events
from governance.models.mark import Mark
from groupware.kernel.events import Fact

MARK = Mark.__table__
ELSEWHERE = {events.UndertakingWritten, events.UndertakingMoved, events.ReportAsked, events.ReportMoved, events.ReportReminded,
             events.EvaluationMoved, events.EvaluationWritten, events.OpinionGiven, events.ThingTied, events.ThingUntied, events.SheetBrought}
CHANGES = tuple(set(events.EVENTS) - ELSEWHERE)


def leave_mark(connection: Connection, facts: list[Fact]) -> None:
    """At random: two databases, or two copies of one, never come by the same number."""
    if not any(isinstance(fact.event, CHANGES) for fact in facts):
        return
    number = secrets.randbits(62)
    if not connection.execute(update(MARK).values(number=number)).rowcount:         # type: ignore[arg-type]
        connection.execute(insert(MARK).values(id=1, number=number))                # type: ignore[arg-type]
