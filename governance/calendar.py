"""What happens because a day has come."""
from sqlalchemy import select

from governance.commands.plan import move_edition
from governance.models.plan import DECIDED, Edition
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM


def enforce_editions() -> None:
    """On their day, in the order of the days."""
    due = select(Edition.id).where(Edition.state == DECIDED, Edition.from_day <= clock.today()).order_by(Edition.from_day, Edition.number)
    for edition_id in db.session.scalars(due).all():
        move_edition(SYSTEM, edition_id, "enforce")
