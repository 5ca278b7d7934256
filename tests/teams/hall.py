"""Teams of a small city hall, as far along as a test wants them."""
from datetime import date

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, cards_for
from teams.commands.life import ask_approval, move_team, propose_team
from teams.commands.people import seat_member
from teams.forms import CharterDraft, SeatDraft
from teams.models import ADVISER, LEADER, OWNER, Team
from tests.approvals.desk import settle
from tests.conftest import InProcess
from tests.directory.town import unit


def charter(name: str = "書かない窓口", **more: object) -> CharterDraft:
    values: dict[str, object] = {"purpose": "二度書かせない", "outcome": "半分にする", "measures": ("M03",), "due_on": date(2027, 3, 31),
                                 "unit_id": unit("0310"), "partners": (unit("0320"),)}
    return CharterDraft(name, **{**values, **more})      # type: ignore[arg-type]


def proposed(people: dict[str, Actor]) -> int:
    """By the clerk of 市民課; the chief leads the work."""
    number: int = propose_team(people["clerk"], charter())
    return number


def arranged(people: dict[str, Actor]) -> int:
    number = proposed(people)
    move_team(people["head"], number, "endorse")
    for who, role in (("leader", LEADER), ("adviser", ADVISER), ("chief", OWNER)):
        seat_member(people["steering"], number, SeatDraft(people[who].user_id, role))
    db.end_reading()
    return number


def decide(people: dict[str, Actor], number: int, *, grant: bool = True) -> None:
    settle(people["cio"], Ref(Team.kind, number), "" if grant else "人を増やしてください")


def started(people: dict[str, Actor]) -> int:
    number = arranged(people)
    ask_approval(people["steering"], number, "cio")
    db.end_reading()
    decide(people, number)
    return number


def state(number: int) -> str:
    db.end_reading()
    return str(db.session.get_one(Team, number).state)


def cards(house: InProcess, actor: Actor, refs: list[Ref]) -> dict[Ref, Card]:
    with house.app.test_request_context():
        return cards_for(actor, refs)
