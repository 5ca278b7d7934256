"""The first run: the top of the tree, the first administrator, and a password. All of it or nothing."""
from groupware.auth.events import CityFounded
from groupware.auth.forms import Foundation
from groupware.auth.models import Password
from groupware.auth.permissions import Auth
from groupware.directory.commands.people import create_person, grant_role
from groupware.directory.commands.places import assign_person
from groupware.directory.commands.units import create_unit
from groupware.directory.forms import PlaceDraft
from groupware.directory.queries import is_empty
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict


@command(Auth.FOUND)
def found_city(actor: Actor, draft: Foundation, password_hash: str) -> int:
    """The administrator's id. Raises Conflict for whoever comes second: the code of the top unit is unique."""
    if not is_empty():
        raise Conflict
    unit_id, user_id = create_unit(actor, draft.city), create_person(actor, draft.person)
    assign_person(actor, user_id, PlaceDraft(draft.city.code))
    grant_role(actor, user_id, "administrator")
    db.session.add(Password(user_id=user_id, hash=password_hash, changed_at=clock.now()))
    record(actor, CityFounded(user_id, unit_id))
    return user_id
