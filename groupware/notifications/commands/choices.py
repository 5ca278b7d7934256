"""How a person wants to be reached."""
from sqlalchemy import delete, insert

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.notifications.events import WaysChosen
from groupware.notifications.forms import WaysDraft
from groupware.notifications.models import Habit, Preference
from groupware.notifications.permissions import Notifications


@command(Notifications.CHOOSE)
def choose_ways(actor: Actor, draft: WaysDraft) -> None:
    """For what comes from now on."""
    connection, me = db.unit().connection, actor.user_id
    connection.execute(delete(Preference).where(Preference.user_id == me))
    if draft.ways:
        connection.execute(insert(Preference), [{"user_id": me, "kind": way.kind, "show": way.show, "mail": way.mail, "passes": way.passes}
                                                for way in draft.ways])
    hours = draft.hours
    connection.execute(delete(Habit).where(Habit.user_id == me))
    connection.execute(insert(Habit), [{
        "user_id": me, "nights": hours.nights, "night_from": hours.night_from, "night_to": hours.night_to, "holidays": hours.holidays,
        "leave_from": hours.leave_from, "leave_to": hours.leave_to}])
    record(actor, WaysChosen(me))
