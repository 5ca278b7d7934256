"""The teams of the demo city: proposed, arranged and begun by the commands, as its own people would."""
from datetime import timedelta
from pathlib import Path
from typing import Any

from groupware.approvals.commands.deciding import approve_step
from groupware.approvals.queries.askings import paper_for
from groupware.directory.queries import actor_for, holders_of_role, ids_by_staff_number, ids_by_unit_code
from groupware.kernel import clock, db, json
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.ports import approval_desk
from groupware.kernel.ref import Ref
from teams.commands.life import ask_approval, move_team, propose_team
from teams.commands.people import seat_member
from teams.forms import CharterDraft, SeatDraft
from teams.models import Team
from teams.queries import heads_of

FILE = Path(__file__).parent / "demo" / "teams.json"


def plant() -> None:
    steering, cio = holders_of_role("steering"), holders_of_role("cio")
    if steering and cio:
        city = City(_actor(steering[0]), _actor(cio[0]))
        for told in json.loads(FILE.read_bytes()):
            city.found(told)


class City:
    def __init__(self, steering: Actor, cio: Actor) -> None:
        self.steering, self.cio = steering, cio
        self.people, self.units = ids_by_staff_number(), ids_by_unit_code()

    def found(self, told: dict[str, Any]) -> None:
        unit = self.units[told["unit"]]
        draft = CharterDraft(told["name"], told["purpose"], told["outcome"], tuple(told["measures"]),
                             clock.today() + timedelta(days=told["days"]), unit, tuple(self.units[each] for each in told["partners"]))
        number: int = propose_team(_actor(self.people[told["by"]]), draft)
        if told["state"] == "proposed":
            return
        move_team(_actor(heads_of(unit)[0]), number, "endorse")
        for staff_number, role in told["members"]:
            seat_member(self.steering, number, SeatDraft(self.people[staff_number], role))
        if told["state"] == "active":
            self.start(number)

    def start(self, number: int) -> None:
        ask_approval(self.steering, number, "cio")
        db.end_reading()
        asked = approval_desk().standing(Ref(Team.kind, number))
        due = paper_for(SYSTEM, asked.ref.id).due if asked else None
        if asked is None or due is None:
            raise LookupError("nothing is left to be decided")
        approve_step(self.cio, asked.ref.id, due.id)


def _actor(user_id: int) -> Actor:
    found = actor_for(user_id)
    if found is None:
        raise LookupError(f"nobody acts as {user_id}")
    return found
