"""The advice of the demo city: asked for, given, answered by the commands, as its own people would."""
from datetime import timedelta
from pathlib import Path
from typing import Any

from advice.commands.commissions import ask_commission, keep_commissions, move_commission, name_adviser
from advice.commands.pieces import ask_advice, move_advice, record_advice
from advice.forms import AskDraft, CandidateDraft, CommissionMove, MoveDraft, TermDraft, Ties, WordsDraft
from advice.models import CANDIDATE, GRANTED, Advice, Commission
from advice.queries.pieces import deciders
from groupware.approvals.commands.deciding import approve_step
from groupware.approvals.queries.askings import paper_for
from groupware.directory.queries import actor_for, holders_of_role, ids_by_staff_number
from groupware.kernel import clock, db, json
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.ports import approval_desk, team_roll
from groupware.kernel.ref import Ref

FILE, COMMISSIONS = (Path(__file__).parent / "demo" / f"{name}.json" for name in ("advice", "commissions"))
WEEKS = timedelta(days=14)          # from the asking to the first day


def plant() -> None:
    people, steering, cio = ids_by_staff_number(), holders_of_role("steering"), holders_of_role("cio")
    for told in json.loads(COMMISSIONS.read_bytes()) if steering and cio else ():
        _commission(told, _actor(steering[0]), _actor(cio[0]), people)
    keep_commissions()
    db.end_reading()
    for told in json.loads(FILE.read_bytes()) if steering else ():
        if {told["by"], told["author"]} <= people.keys():
            with clock.at(clock.now() - timedelta(days=told["ago"])):
                _give(told, _actor(people[told["by"]]), _actor(people[told["author"]]), _actor(steering[0]))


def _commission(told: dict[str, Any], keeper: Actor, cio: Actor, people: dict[str, int]) -> None:
    """Named and asked for before its first day, as the city would."""
    account, today = people.get(told.get("account", ""), 0), clock.today()
    begins = min(timedelta(days=told.get("from", 0)), timedelta())
    with clock.at(clock.now() + begins - WEEKS):
        name = _actor(account).name if account else told["name"]
        number: int = name_adviser(keeper, CandidateDraft(name, told["affiliation"], told["field"], told["why"], account))
        if told["state"] == CANDIDATE:
            return
        ask_commission(keeper, number, TermDraft(today + timedelta(days=told["until"]), "cio", told["travel"], today + timedelta(days=told["from"])))
        _approve(cio, Ref(Commission.kind, number))
        if told["state"] != GRANTED:
            move_commission(keeper, number, CommissionMove("commission", "", clock.today(), told["number"]))
    db.end_reading()


def _approve(by: Actor, about: Ref) -> None:
    db.end_reading()
    asked = approval_desk().standing(about)
    due = paper_for(SYSTEM, asked.ref.id).due if asked else None
    if asked is None or due is None:
        raise LookupError("nothing is left to be decided")
    approve_step(by, asked.ref.id, due.id)
    db.end_reading()


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
