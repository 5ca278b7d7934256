"""B-6, 委嘱 of an adviser from outside: over all states, actors and acts; what it opens, and what is shut when it ends."""
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import select

from advice import cards, documents, widgets
from advice.commands.commissions import (
    ask_commission,
    ask_renewal,
    heed_desk,
    keep_commissions,
    move_commission,
    name_adviser,
    rewrite_adviser,
    tie_account,
)
from advice.commands.pieces import change_rules
from advice.flows import COMMISSION
from advice.forms import CandidateDraft, CommissionMove, TermDraft
from advice.models import COMMISSIONS, Commission
from advice.permissions import can_move_commission, visible_commissions
from advice.queries.commissions import commission_for, steps_of
from advice.rules import Rules
from groupware.approvals.commands.deciding import approve_step, return_asking
from groupware.approvals.queries.askings import paper_for
from groupware.directory.commands.people import grant_role
from groupware.directory.queries import actor_for, groups_of, holders_of_role
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Invalid, NotFound, Refusal
from groupware.kernel.jobs import drain
from groupware.kernel.ports import approval_desk
from groupware.kernel.ref import Ref
from groupware.notifications.models import Notification
from teams.commands.people import seat_member
from teams.forms import SeatDraft
from teams.models import Team
from teams.queries import member_ids
from tests.admin.test_admin import signed_in
from tests.advice.hall import given, people_and_team, put
from tests.conftest import InProcess, build_house
from tests.directory.town import actor, person, statements_of
from tests.support.flows import strays

Hall = tuple[InProcess, dict[str, Actor], Ref]
SERVES = ("serving", "review", "renewing")
# (state, act): (who, next state), as facts 3.3 has it.
WAY = {
    ("candidate", "write"): (("steering",), "candidate"), ("candidate", "ask"): (("steering",), "asking"),
    ("asking", "grant"): (("system",), "granted"), ("asking", "refuse"): (("system",), "candidate"),
    ("candidate", "drop"): (("steering",), "dropped"), ("granted", "drop"): (("steering",), "dropped"),
    ("granted", "commission"): (("steering",), "serving"),
    ("serving", "begin"): (("system",), "serving"), ("serving", "review"): (("system",), "review"),
    ("serving", "renew"): (("steering",), "renewing"), ("review", "renew"): (("steering",), "renewing"),
    ("renewing", "extend"): (("system",), "serving"), ("renewing", "keep"): (("system",), "review"),
    **{(state, "tie"): (("steering",), state) for state in ("candidate", "granted", *SERVES)},
    **{(state, "expire"): (("system",), "expired") for state in SERVES}, **{(state, "dismiss"): (("steering",), "dismissed") for state in SERVES}}
ACTS = (*dict.fromkeys(act for _, act in WAY), "steal")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    for made in build_house(tmp_path_factory.mktemp("hall")):
        people, team = people_and_team()
        yield made, people | {"system": SYSTEM}, team


@pytest.fixture
def people(hall: Hall) -> dict[str, Actor]:
    return hall[1]


def account(name: str) -> Actor:
    return actor(person(name, at="9000", post="", kind="外部"))


def draft(who: Actor | None = None) -> CandidateDraft:
    return CandidateDraft(who.name if who else "白鳥 由紀", "北の丘大学", "窓口の改革", "窓口の見直しに要るため", who.user_id if who else 0)


def term(days: int = 300, begins: int = 0) -> TermDraft:
    return TermDraft(clock.today() + timedelta(days=days), "cio", "rule", clock.today() + timedelta(days=begins))


def named(people: dict[str, Actor], who: Actor | None = None) -> int:
    number: int = name_adviser(people["steering"], draft(who))
    db.end_reading()
    return number


def decide(people: dict[str, Actor], number: int, *, grant: bool = True) -> None:
    asked = approval_desk().standing(Ref(Commission.kind, number))
    assert asked
    due = paper_for(SYSTEM, asked.ref.id).due
    assert due
    if grant:
        approve_step(people["cio"], asked.ref.id, due.id)
    else:
        return_asking(people["cio"], asked.ref.id, due.id, "期間を短く")
    db.end_reading()


def serving(people: dict[str, Actor], who: Actor | None = None, wanted: TermDraft | None = None) -> int:
    number = named(people, who)
    ask_commission(people["steering"], number, wanted or term())
    decide(people, number)
    move(people["steering"], number, "commission", secrecy_on=clock.today(), order_number="行委第3号")
    return number


def move(by: Actor, number: int, act: str, reason: str = "わけ", **more: object) -> None:
    move_commission(by, number, CommissionMove(act, reason, **more))      # type: ignore[arg-type]
    db.end_reading()


def now(number: int) -> Commission:
    db.end_reading()
    return db.session.get_one(Commission, number)


def at(number: int, state: str) -> None:
    """As if it had come so far."""
    late = state not in {"candidate", "dropped"}
    put(Commission, number, state=state, user_id=None, starts_on=clock.today() if late else None, ends_on=clock.today() if late else None,
        renewed_to=clock.today() + timedelta(days=9) if state == "renewing" else None)


def parts(by: Actor, number: int) -> frozenset[str]:
    with suppress(NotFound):
        held = commission_for(by, number)
        return held.parts if can_move_commission(by, held) else frozenset()
    return frozenset()


def test_a_commission_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor]) -> None:
    """Over all states, acts and people, as the flow answers."""
    number, hands = named(people), {}
    for state, who in product(COMMISSIONS, people):
        at(number, state)
        hands[state, who] = parts(people[who], number)
    assert not list(strays(COMMISSION, WAY, COMMISSIONS, ACTS, people, lambda state, who: hands[state, who]))


def act_on(by: Actor, number: int, act: str) -> None:
    """With everything that the act could want."""
    if act == "write":
        rewrite_adviser(by, number, draft())
    elif act in {"ask", "renew"}:
        (ask_commission if act == "ask" else ask_renewal)(by, number, term())
    elif act in {"grant", "refuse", "extend", "keep"}:
        heed_desk(by, number, granted=act in {"grant", "extend"})
    elif act == "tie":
        tie_account(by, number, account(f"客 {number}-{db.session.scalar(select(Commission.version).where(Commission.id == number))}").user_id)
    else:
        move_commission(by, number, CommissionMove(act, "わけ", clock.today(), "1"))


def test_the_commands_do_what_the_table_allows_and_nothing_else(people: dict[str, Actor]) -> None:
    for (state, act), (by, after) in WAY.items():
        for who in dict.fromkeys((*by, "steering", "system", "cio", "adviser", "head", "stranger")):
            number = named(people)
            at(number, state)
            with suppress(Refusal):
                act_on(people[who], number, act)
            assert now(number).state == (after if who in by else state), (state, act, who)


def test_the_desk_decides_and_secrecy_comes_before_the_commission(people: dict[str, Actor]) -> None:
    number = named(people)
    ask_commission(people["steering"], number, term())
    decide(people, number, grant=False)
    assert now(number).state == "candidate"
    ask_commission(people["steering"], number, term())
    decide(people, number)
    for missing in ({"order_number": "1"}, {"secrecy_on": clock.today()}):
        with pytest.raises(Invalid):
            move(people["steering"], number, "commission", **missing)
    assert now(number).state == "granted"
    move(people["steering"], number, "commission", secrecy_on=clock.today(), order_number="行委第1号")
    found = now(number)
    assert (found.state, found.travel, found.secrecy_on, found.order_number) == ("serving", "rule", clock.today(), "行委第1号")
    assert [step.act for step in steps_of(number)] == ["name", "ask", "refuse", "ask", "grant", "commission"]


@pytest.mark.parametrize(("begins", "ends"), [(10, 9), (0, 366 * 4), (-400, -1)])
def test_a_period_the_rules_do_not_allow_is_refused_and_nothing_is_asked(people: dict[str, Actor], begins: int, ends: int) -> None:
    number = named(people)
    with pytest.raises(Invalid):
        ask_commission(people["steering"], number, term(ends, begins))
    assert now(number).state == "candidate"
    assert approval_desk().standing(Ref(Commission.kind, number)) is None


def test_the_last_day_that_a_period_may_have() -> None:
    rules = Rules(years=3)
    assert rules.latest(date(2026, 4, 1)) == date(2029, 3, 31)
    assert rules.latest(date(2028, 2, 29)) == date(2031, 2, 28)
    assert rules.reviewed_from(date(2027, 3, 31)) == date(2026, 12, 31)


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


def test_a_renewal_goes_on_from_the_last_day_and_what_ends_meanwhile_leaves_nothing_on_the_desk(hall: Hall) -> None:
    _, people, _ = hall
    guest = account("青木 望")
    number = serving(people, guest, term(30))
    with pytest.raises(Invalid):
        ask_renewal(people["steering"], number, term(20))
    ask_renewal(people["steering"], number, term(200))
    decide(people, number, grant=False)
    assert (now(number).state, now(number).ends_on) == ("review", clock.today() + timedelta(days=30))
    ask_renewal(people["steering"], number, term(200))
    decide(people, number)
    assert (now(number).state, now(number).ends_on) == ("serving", clock.today() + timedelta(days=200))
    ask_renewal(people["steering"], number, term(400))
    db.end_reading()
    with pytest.raises(Invalid):
        move(people["steering"], number, "dismiss", "")
    move(people["steering"], number, "dismiss", "本人の申し出")
    asked = approval_desk().standing(Ref(Commission.kind, number))
    assert asked
    assert asked.state == "withdrawn"
    assert (now(number).state, now(number).ended_on, now(number).reason) == ("dismissed", clock.today(), "本人の申し出")
    assert actor_for(guest.user_id) is None


def test_an_account_that_comes_later_is_tied_and_one_that_serves_something_else_stays(people: dict[str, Actor]) -> None:
    number, guest = serving(people), account("水野 梓")
    tie_account(people["steering"], number, guest.user_id)
    db.end_reading()
    grant_role(SYSTEM, guest.user_id, "emergency")
    assert actor(guest.user_id).roles == {"adviser", "emergency"}
    with pytest.raises(Conflict):
        tie_account(people["steering"], number, account("水野 楓").user_id)
    with pytest.raises(Invalid):
        named(people, guest)
    with pytest.raises(Invalid):
        named(people, people["clerk"])
    move(people["steering"], number, "dismiss")
    assert actor(guest.user_id).roles == {"emergency"}


def test_a_city_may_leave_the_accounts_open(people: dict[str, Actor]) -> None:
    change_rules(people["steering"], Rules(closes=False))
    guest = account("川瀬 実")
    number = serving(people, guest)
    move(people["steering"], number, "dismiss")
    change_rules(people["steering"], Rules())
    db.end_reading()
    assert actor(guest.user_id).roles == frozenset()


def test_whoever_writes_over_what_another_has_written_is_told(people: dict[str, Actor]) -> None:
    number = named(people)
    seen = now(number).version
    rewrite_adviser(people["steering"], number, CandidateDraft("白鳥 由紀", "", "データの活用", version=seen))
    db.end_reading()
    with pytest.raises(Conflict):
        rewrite_adviser(people["steering"], number, CandidateDraft("白鳥 由紀", "", "窓口", version=seen))
    assert now(number).field == "データの活用"


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
