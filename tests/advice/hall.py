"""A small city hall with a team at work in it, and advice in every state."""
from datetime import date, timedelta

from advice.commands.pieces import ask_advice, give_advice
from advice.forms import AskDraft, GiveDraft, Ties, WordsDraft
from advice.models import ANSWERED, HELD, USED, Advice
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from tests.directory.town import unit
from tests.governance.hall import put, town
from tests.support.prepared import prepared
from tests.teams.hall import started

__all__ = ["asked", "at", "given", "people_and_team", "put", "said", "ties"]


@prepared
def people_and_team() -> tuple[dict[str, Actor], Ref]:
    """In the team: clerk, chief, leader, adviser. Its 主管課 is 市民課, of which ``head`` is the 課長."""
    people = town()
    team = Ref("teams.team", started(people))
    db.end_reading()
    return people, team


def said(title: str = "写し取る欄から減らす", *, minutes: int = 30, day: date | None = None, sort: str = "advice") -> WordsDraft:
    return WordsDraft(sort, title, "写し間違いの手戻りが先に減る", minutes, day)


def ties(team: Ref | None = None, code: str = "0310", *measures: str) -> Ties:
    return Ties(unit(code), team, measures)


def asked(people: dict[str, Actor], who: str = "leader", team: Ref | None = None) -> int:
    """By the clerk, for 市民課."""
    number: int = ask_advice(people["clerk"], AskDraft(people[who].user_id, "どこから減らすか", "五枚あります", ties(team, "0310", "M03")))
    db.end_reading()
    return number


def given(people: dict[str, Actor], who: str = "leader", team: Ref | None = None, by: str = "") -> int:
    """Of one's own accord, or written down by another."""
    draft = GiveDraft(said(), ties(team, "0310", "M03", "M07"), people[who].user_id if by else 0)
    number: int = give_advice(people[by or who], draft)
    db.end_reading()
    return number


def at(number: int, state: str) -> None:
    """As if it had come so far."""
    decided = state in USED or state in {ANSWERED, HELD, "rejected"}
    today = clock.today()
    put(Advice, number, state=state, decision=("adopted" if state in {*USED, ANSWERED} else state) if decided else "", answerer_id=None,
        until=today + timedelta(days=3) if state == HELD else None, wording="own", given_on=None if state in {"asked", "accepted"} else today,
        recorder_id=1)
