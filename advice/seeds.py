"""The advice of the demo city: asked for, given, answered by the commands, as its own people would."""
from datetime import timedelta
from pathlib import Path
from typing import Any

from advice.commands.pieces import ask_advice, move_advice, record_advice
from advice.forms import AskDraft, MoveDraft, Ties, WordsDraft
from advice.models import Advice
from advice.queries.pieces import deciders
from groupware.directory.queries import actor_for, holders_of_role, ids_by_staff_number
from groupware.kernel import clock, db, json
from groupware.kernel.actor import Actor
from groupware.kernel.ports import team_roll

FILE = Path(__file__).parent / "demo" / "advice.json"


def plant() -> None:
    people, steering = ids_by_staff_number(), holders_of_role("steering")
    for told in json.loads(FILE.read_bytes()) if steering else ():
        if {told["by"], told["author"]} <= people.keys():
            with clock.at(clock.now() - timedelta(days=told["ago"])):
                _give(told, _actor(people[told["by"]]), _actor(people[told["author"]]), _actor(steering[0]))


def _give(told: dict[str, Any], asker: Actor, author: Actor, keeper: Actor) -> None:
    team = next((crew.ref for crew in team_roll().mine(asker) if crew.name == told["team"]), None)
    number: int = ask_advice(asker, AskDraft(author.user_id, told["title"], told["question"], Ties(0, team, tuple(told["measures"]))))
    db.end_reading()
    if told.get("state") == "asked":
        return
    words = WordsDraft(told.get("sort", "advice"), told["title"], told["body"], told["minutes"])
    record_advice(keeper if told.get("proxy") else author, number, words)
    for act, text, *days in told["then"]:
        db.end_reading()
        move_advice(_actor(deciders(db.session.get_one(Advice, number))[0]), number, _draft(act, text, days))


def _draft(act: str, text: str, days: list[int]) -> MoveDraft:
    until = clock.today() + timedelta(days=days[0]) if days else None
    return MoveDraft(act, effect=text) if act == "check" else MoveDraft(act, text, until=until)


def _actor(user_id: int) -> Actor:
    found = actor_for(user_id)
    if found is None:
        raise LookupError(f"nobody acts as {user_id}")
    return found
