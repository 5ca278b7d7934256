"""The matters of the demo city: raised, answered and brought higher by the commands, as its own people would."""
from pathlib import Path
from typing import Any

from coordination.commands import move_matter, raise_matter
from coordination.forms import MatterDraft, MoveDraft
from coordination.models import Matter
from coordination.permissions import leads_of
from coordination.queries import asked_side
from groupware.directory.queries import actor_for, holders_of_role, ids_by_staff_number, ids_by_unit_code
from groupware.kernel import db, json
from groupware.kernel.actor import Actor
from groupware.kernel.ports import team_roll

FILE = Path(__file__).parent / "demo" / "matters.json"


def plant() -> None:
    people, steering = ids_by_staff_number(), holders_of_role("steering")
    for told in json.loads(FILE.read_bytes()) if steering else ():
        if told["by"] in people:
            _raise(told, _actor(people[told["by"]]), _actor(steering[0]))


def _raise(told: dict[str, Any], raiser: Actor, keeper: Actor) -> None:
    mine = next((crew.ref for crew in leads_of(raiser) if crew.name == told["from"]), None)
    team = next((crew.ref for crew in team_roll().running() if crew.name == told["to"]), None)
    unit = 0 if team else ids_by_unit_code().get(told["to"], 0)
    if mine is None or not (team or unit):
        return
    number: int = raise_matter(raiser, MatterDraft(mine, told["title"], told["body"], team, unit, None, tuple(told["measures"])))
    for part, act, words in told["then"]:
        db.end_reading()
        other = _actor(asked_side(db.session.get_one(Matter, number))[0])
        who = {"from": raiser, "to": other, "steering": keeper}[part]
        move_matter(who, number, MoveDraft(act, words, "両チームの合意" if act == "settle" else ""))


def _actor(user_id: int) -> Actor:
    found = actor_for(user_id)
    if found is None:
        raise LookupError(f"nobody acts as {user_id}")
    return found
