"""Who must take what is followed: after every change of the directory, and with each new day."""
from dataclasses import dataclass

from groupware.kernel import db
from groupware.kernel.actor import SYSTEM
from training.commands.duties import follow_rule
from training.commands.plans import propose_talks
from training.commands.skills import follow_holders
from training.queries.courses import compulsory, offered


@dataclass(frozen=True, slots=True)
class OrganisationMoved:
    """Effect: somebody sits elsewhere, has come or gone."""


def follow_all(_: OrganisationMoved | None = None) -> None:
    follow_holders(SYSTEM)
    propose_talks(SYSTEM)
    for course_id in sorted(compulsory() & set(db.session.scalars(offered()))):
        follow_rule(SYSTEM, course_id)
