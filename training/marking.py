"""Every change of what is counted of skills leaves another mark, in its own transaction."""
import secrets

from sqlalchemy import Connection, insert, update

from groupware.kernel.events import Fact
from training.events import leaders, skills
from training.models.mark import Mark

MARK = Mark.__table__
CHANGES = (
    skills.FrameworkEnforced, skills.WantedSet, skills.SelfRated, skills.SkillCertified, skills.CertificationTaken, skills.HoldersFollowed,
    leaders.TermMoved, leaders.RulesChanged)


def leave_mark(connection: Connection, facts: list[Fact]) -> None:
    """At random: two databases, or two copies of one, never come by the same number."""
    if not any(isinstance(fact.event, CHANGES) for fact in facts):
        return
    number = secrets.randbits(62)
    if not connection.execute(update(MARK).values(number=number)).rowcount:         # type: ignore[arg-type]
        connection.execute(insert(MARK).values(id=1, number=number))                # type: ignore[arg-type]
