"""What people of the demo city have asked, and what their heads have said to it."""
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from groupware.approvals.commands.asking import ask_approval
from groupware.approvals.commands.deciding import approve_step, return_asking
from groupware.approvals.forms import AskingDraft
from groupware.approvals.queries.askings import paper_for
from groupware.approvals.queries.seats import route_up
from groupware.directory.queries import actor_for, ids_by_staff_number
from groupware.kernel import clock, db, json
from groupware.kernel.actor import SYSTEM, Actor

FILE = Path(__file__).parent / "demo" / "askings.json"


def plant() -> None:
    people, now = ids_by_staff_number(), clock.now()
    for told in json.loads(FILE.read_bytes()):
        with clock.at(_moment(now, told)):
            asker = _actor(people[told["by"]])
            asking_id = ask_approval(asker, AskingDraft(told["title"], told["summary"], route_up(asker, told["steps"])))
        for said in told["decisions"]:
            with clock.at(_moment(now, said)):
                _decide(_actor(people[said["by"]]), asking_id, said)


def _decide(actor: Actor, asking_id: int, said: dict[str, Any]) -> None:
    db.end_reading()
    due = paper_for(SYSTEM, asking_id).due
    if due is None:
        raise LookupError("nothing is left to be decided")
    if said["act"] == "approve":
        approve_step(actor, asking_id, due.id)
    else:
        return_asking(actor, asking_id, due.id, said["reason"])


def _actor(user_id: int) -> Actor:
    found = actor_for(user_id)
    if found is None:
        raise LookupError(f"nobody acts as {user_id}")
    return found


def _moment(now: datetime, told: dict[str, Any]) -> datetime:
    """So many working days ago, and never later than now."""
    day, left = now.astimezone(clock.JST).date(), told["day"]
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < 5
    hour, minute = map(int, told["time"].split(":"))
    return min(datetime.combine(day, time(hour, minute), clock.JST), now - timedelta(minutes=1))
