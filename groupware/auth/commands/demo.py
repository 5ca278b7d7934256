"""The list of people of the demo city, made once by its seed."""
from groupware.auth.events import DemoPersonListed
from groupware.auth.models import DemoPerson
from groupware.auth.permissions import Auth
from groupware.auth.queries import account_for
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record


@command(Auth.FOUND)
def list_demo_person(actor: Actor, staff_number: str, position: int, reason: str) -> None:
    user_id = account_for(staff_number).user_id
    db.session.add(DemoPerson(user_id=user_id, position=position, reason=reason))
    record(actor, DemoPersonListed(user_id))
