"""The one line a week: who writes it, who is asked, who sees that it is missing."""
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Refusal
from groupware.kernel.ref import Ref
from groupware.kernel.widget import Todo
from groupware.notifications.notice import Notice
from teams import documents, reactions, widgets
from teams.candidates import in_need
from teams.commands.checkins import choose_day, give_checkin
from teams.commands.people import unseat_member
from teams.events import CheckinAsked, CheckinGiven
from teams.forms import CheckinDraft
from teams.models import Team
from teams.models.checkins import HELP, PULSES, SLOW, WELL, Checkin
from teams.queries.checkins import pulses, teams_to_ask
from teams.reminding import remind
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import statements_of
from tests.governance.hall import put
from tests.teams.hall import cards, started

THURSDAY = datetime(2026, 10, 15, 1, tzinfo=UTC)       # ten in the morning
FRIDAY = THURSDAY + timedelta(days=1)
SAYS, SEES = {"clerk", "chief", "leader"}, {"clerk", "chief", "leader", "adviser", "head", "steering", "director", "cio", "mayor"}


@pytest.fixture
def team(people: dict[str, Actor]) -> int:
    number = started(people)
    for other in db.session.query(Team).filter(Team.id != number):
        put(Team, other.id, state="archived")
    return number


def words(team: int) -> list[tuple[str, str]]:
    db.end_reading()
    return [(word.state, word.line) for word in db.session.query(Checkin).filter_by(team_id=team).order_by(Checkin.week)]


def test_who_leads_says_it_and_who_is_inside_reads_it(house: InProcess, people: dict[str, Actor], team: int) -> None:
    for who, actor in people.items():
        if who in SAYS:
            give_checkin(actor, team, CheckinDraft(SLOW, f"{who}の一言"))
        else:
            for deed in (partial(give_checkin, actor, team, CheckinDraft(WELL, "よい")), partial(choose_day, actor, team, 2)):
                with pytest.raises(Refusal):
                    deed()
    assert len(words(team)) == 1        # of one week there is one, the last that was said
    word = db.session.query(Checkin).filter_by(team_id=team).one()
    for who, actor in people.items():
        answer = signed_in(house, actor).get(f"/teams/{team}/checkins")
        assert answer.status_code == (200 if who in SEES else 404), who
        assert bool(cards(house, actor, [Ref("teams.checkin", word.id)])) == (who in SEES)
        about = signed_in(house, actor).get(f"/teams/{team}")
        assert (about.status_code == 200 and word.line in about.text) == (who in SEES), who
    unseat_member(people["steering"], team, people["leader"].user_id)
    with pytest.raises(Refusal):
        give_checkin(people["leader"], team, CheckinDraft(WELL, "まだ書けるか"))


def test_a_new_week_is_a_new_line(people: dict[str, Actor], team: int) -> None:
    for back in (2, 1, 0):
        with clock.at(FRIDAY - timedelta(weeks=back)):
            give_checkin(people["chief"], team, CheckinDraft(WELL, f"{back}週前"))
    assert words(team) == [(WELL, "2週前"), (WELL, "1週前"), (WELL, "0週前")]


def test_it_is_asked_on_its_day_once_and_not_of_who_has_said_it(house: InProcess, people: dict[str, Actor], team: int) -> None:
    with clock.at(THURSDAY):
        remind()
        assert team not in teams_to_ask()
    with clock.at(FRIDAY):
        assert team in teams_to_ask()
        assert [todo.title for todo in todos(house, people["chief"])] == ["今週の書かない窓口のようす"]
        remind()
        db.end_reading()
        assert team not in teams_to_ask()
        give_checkin(people["leader"], team, CheckinDraft(WELL, "進んだ"))
        assert not todos(house, people["chief"])
    choose_day(people["chief"], team, None)
    with clock.at(FRIDAY + timedelta(weeks=1)):
        assert team not in teams_to_ask()
        assert not todos(house, people["chief"])


def todos(house: InProcess, actor: Actor) -> list[Todo]:
    db.end_reading()
    with house.app.test_request_context():
        return list(widgets.words_to_give(actor))


def test_who_is_told(people: dict[str, Actor], team: int) -> None:
    asked = said(reactions.ask_how_it_goes(CheckinAsked(team, (people["chief"].user_id,), 1)))
    assert [notice.user_id for notice in asked] == [people["chief"].user_id]
    assert not said(reactions.tell_in_need(CheckinGiven(1, team, WELL)))
    assert [notice.user_id for notice in said(reactions.tell_in_need(CheckinGiven(1, team, HELP)))] == [people["steering"].user_id]


def said(effects: object) -> list[Notice]:
    return [each for each in effects or () if isinstance(each, Notice)]      # type: ignore[attr-defined]


def test_who_steers_sees_who_needs_help_and_who_has_said_nothing(house: InProcess, people: dict[str, Actor], team: int) -> None:
    silent = started(people)
    give_checkin(people["chief"], team, CheckinDraft(HELP, "部長会議の了解がいる"))
    put(Team, silent, asked_day=0)
    for who, actor in people.items():
        answer = signed_in(house, actor).get("/teams/checkins")
        assert answer.status_code == (200 if who in {"steering", "cio", "director", "mayor"} else 404), who
    assert [pulse.team.id for pulse in pulses(people["steering"])] == [team, silent]
    with house.app.test_request_context():
        widget = widgets.teams_to_watch(people["steering"])
        assert widget is not None
        assert widget.count == "2件"
        assert widgets.teams_to_watch(people["chief"]) is None
        assert statements_of(lambda: widgets.teams_to_watch(people["steering"])) <= 3
    needy = [(each.about, each.word, each.said) for each in in_need(people["steering"])]
    assert needy == [(Ref("teams.team", team), PULSES[HELP], "部長会議の了解がいる")]
    assert not list(in_need(people["stranger"]))
    give_checkin(people["chief"], team, CheckinDraft(WELL, "了解が出た"))
    assert not list(in_need(people["steering"]))


@pytest.mark.parametrize("wrong", [{"pulse": ""}, {"pulse": "great"}, {"line": ""}, {"line": "あ" * 121}])
def test_what_cannot_be_said_is_refused_with_a_sentence(house: InProcess, people: dict[str, Actor], team: int, wrong: dict[str, str]) -> None:
    client = signed_in(house, people["chief"])
    assert client.post(f"/teams/{team}/checkins", data={"pulse": WELL, "line": "よい", **wrong}).status_code == 422
    assert client.post(f"/teams/{team}/checkins/day", data={"day": "7"}).status_code == 422
    assert not words(team)


def test_a_year_of_weeks_costs_no_more_than_one(house: InProcess, people: dict[str, Actor], team: int) -> None:
    client, asked = signed_in(house, people["chief"]), set()
    for back in range(30):
        with clock.at(clock.now() - timedelta(weeks=back)):
            give_checkin(people["chief"], team, CheckinDraft(WELL, f"{back}週前"))
        if back in {0, 29}:
            client.get(f"/teams/{team}/checkins")
            asked.add(statements_of(partial(client.get, f"/teams/{team}/checkins")))
            assert statements_of(partial(client.get, f"/teams/{team}")) <= 12
    assert len(asked) == 1
    assert client.get(f"/teams/{team}/checkins").text.count('<li id="w-') == 26


def test_search_finds_what_was_said_for_those_inside(people: dict[str, Actor], team: int) -> None:
    give_checkin(people["chief"], team, CheckinDraft(SLOW, "手順書の突き合わせ"))
    word = db.session.query(Checkin).filter_by(team_id=team).one()
    found = next(iter(documents.checkin_documents([word.id])))
    assert (found.audience, found.body) == (f"teams.inside:{team}", "手順書の突き合わせ")
