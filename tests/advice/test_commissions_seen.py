"""Who sees the commission of an adviser, what it opens to them, and what is shut when it ends."""
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select

from advice import cards, documents, widgets
from advice.commands.commissions import (
    ask_commission,
    keep_commissions,
)
from advice.forms import TermDraft
from advice.models import COMMISSIONS, Commission
from advice.permissions import visible_commissions
from advice.queries.commissions import commission_for
from groupware.approvals.queries.askings import paper_for
from groupware.directory.queries import actor_for, groups_of, holders_of_role
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.jobs import drain
from groupware.kernel.ports import approval_desk
from groupware.kernel.ref import Ref
from groupware.notifications.models import Notification
from teams.commands.people import seat_member
from teams.forms import SeatDraft
from teams.models import Team
from teams.queries import member_ids
from tests.admin.test_admin import signed_in
from tests.advice.commissioned import SERVES, Hall, account, at, named, now, people_of, serving, term, with_commissions
from tests.advice.hall import given, put
from tests.directory.town import actor, statements_of

hall = pytest.fixture(with_commissions, scope="module")
people = pytest.fixture(people_of)


def test_it_opens_what_an_adviser_sees_on_its_first_day_and_shuts_all_of_it_with_its_last(hall: Hall) -> None:
    """Team, advice, role, account: by the clock alone. Ninety days before, it is said once to whom it concerns."""
    house, people, team = hall
    guest = account("白鳥 由紀")
    number = serving(people, guest, term(200, begins=5))
    assert guest.user_id not in holders_of_role("adviser")
    days = [5, 109, 110, 111, 201]
    seen = []
    for day in days:
        with clock.at(clock.now() + timedelta(days=day)), house.app.test_request_context():
            keep_commissions()
            db.end_reading()
            seen.append((now(number).state, guest.user_id in holders_of_role("adviser")))
            if day == 5:
                seated(people, team, guest)
                others = given(people, "leader", team)
                assert f"advice.advice:{others}" in documents.audiences(actor(guest.user_id))
            drain_all()
    assert seen == [("serving", True), ("serving", True), ("review", True), ("review", True), ("expired", False)]
    assert actor_for(guest.user_id) is None, "the account served nothing else"
    assert not in_team(team, guest)
    gone = Actor(guest.user_id, guest.name, outside=True)
    assert not [each for each in documents.audiences(gone) if each.startswith("advice.advice:")]
    assert told(guest, number, "近づいて") == 1
    assert told(people["steering"], number, "近づいて") == 1


def drain_all() -> None:
    while drain():
        db.end_reading()
    db.end_reading()


def told(who: Actor, number: int, words: str) -> int:
    asked = select(Notification).where(Notification.user_id == who.user_id, Notification.about == f"advice.commission:{number}")
    return sum(words in each.reason for each in db.session.scalars(asked))


def seated(people: dict[str, Actor], team: Ref, guest: Actor) -> None:
    seat_member(people["steering"], team.id, SeatDraft(guest.user_id, "adviser"))
    db.end_reading()
    assert in_team(team, guest)


def in_team(team: Ref, guest: Actor) -> bool:
    group = db.session.get_one(Team, team.id).group_id
    return guest.user_id in member_ids(team.id) or group in groups_of(guest.user_id)


def sees(who: str, state: str) -> bool:
    """Facts 3.3 and 2.5, apart from the code: 行政管理課 and who oversees all of it; who is commissioned their own, from then on; nobody else."""
    return who in {"steering", "cio", "director", "mayor"} or (who == "adviser" and state in {*SERVES, "expired", "dismissed"})


def test_who_sees_a_commission_as_an_oracle_says_at_every_door(hall: Hall) -> None:
    house, people, _ = hall
    numbers = {state: named(people) for state in COMMISSIONS}
    for state, number in numbers.items():
        at(number, state)
    open_one = ""
    for who in people.keys() - {"system"}:
        with house.app.test_request_context():
            for state, number in numbers.items():
                if state not in {"expired", "dismissed", "dropped"} and open_one:
                    put(Commission, numbers[open_one], user_id=None)
                open_one = state if state not in {"expired", "dismissed", "dropped"} else open_one
                put(Commission, number, user_id=people["adviser"].user_id)
                doors = {"page": opens(people[who], number), "select": number in set(db.session.scalars(visible_commissions(people[who]))),
                         "card": bool(cards.commission_cards(people[who], [number])),
                         "search": f"advice.commission:{number}" in documents.audiences(people[who])}
                assert doors == dict.fromkeys(doors, sees(who, state)), (who, state)
    for number in numbers.values():
        put(Commission, number, user_id=None, state="dropped")


def opens(by: Actor, number: int) -> bool:
    with suppress(NotFound):
        return bool(commission_for(by, number))
    return False


def test_who_decides_at_the_desk_reads_what_is_asked(people: dict[str, Actor]) -> None:
    number = named(people)
    assert not opens(people["above"], number)
    ask_commission(people["steering"], number, TermDraft(clock.today() + timedelta(days=9), "director", "none", clock.today()))
    db.end_reading()
    asked = approval_desk().standing(Ref(Commission.kind, number))
    assert asked
    paper = paper_for(people["director"], asked.ref.id)
    assert "北の丘大学" in paper.asking.summary
    assert "支給しない" in paper.asking.summary


def test_the_pages_open_for_whom_they_concern_and_cost_the_same_for_many(hall: Hall) -> None:
    house, people, _ = hall
    number = named(people)
    clients = {who: signed_in(house, people[who]) for who in ("steering", "cio", "adviser", "clerk")}
    for state in COMMISSIONS:
        at(number, state)
        put(Commission, number, ended_on=clock.today() if state in {"expired", "dismissed"} else None)
        for who in ("steering", "cio", "clerk"):
            assert clients[who].get(f"/advice/commissions/{number}").status_code == (404 if who == "clerk" else 200), (state, who)
    assert [clients[who].get("/advice/commissions").status_code for who in ("steering", "cio", "adviser", "clerk")] == [200, 200, 403, 403]
    few = statements_of(lambda: clients["steering"].get("/advice/commissions"))
    for _ in range(5):
        serving(people)
    assert statements_of(lambda: clients["steering"].get("/advice/commissions")) <= few
    page = clients["steering"].get("/advice/commissions").text
    assert "白鳥 由紀" in page


def test_what_is_typed_wrongly_is_said_at_its_field_and_changes_nothing(hall: Hall) -> None:
    house, people, _ = hall
    client, number = signed_in(house, people["steering"]), named(people)
    made = client.post("/advice/commissions", data={"name": "丘 和", "field": ""}, headers={"Accept": "text/html"})
    assert (made.status_code, "どの分野" in made.text) == (422, True)
    way = f"/advice/commissions/{number}"
    assert client.get(f"{way}/text").status_code == 200
    assert client.post(f"{way}/text", data={"name": "丘 和", "field": "窓口", "account": "いち"}).status_code == 422
    for sent in ({"ends_on": "あした", "decider": "cio", "travel": "rule"}, {"ends_on": "R20.3.31", "decider": "mayor", "travel": "rule"},
                 {"ends_on": "R20.3.31", "decider": "cio", "travel": "rule"}, {}):
        assert client.post(f"{way}/askings", data=sent).status_code == 422, sent
    assert client.post(f"{way}/steps", data={"act": "commission"}).status_code == 409
    assert client.post(f"{way}/account", data={"account": ""}).status_code == 422
    assert now(number).state == "candidate"
    for path in ("/advice/commissions/new", f"{way}/text", way):
        assert signed_in(house, people["adviser"]).get(path).status_code in {403, 404}, path


def test_the_first_page_of_those_who_steer_asks_for_what_is_next(hall: Hall) -> None:
    house, people, _ = hall
    number = serving(people, None, term(60))
    keep_commissions()
    db.end_reading()
    assert now(number).state == "review"
    with house.app.test_request_context():
        waits = {who for who in people if any(todo.url.endswith(f"/{number}") for todo in widgets.commissions_to_settle(people[who]))}
    assert waits == {"steering"}
