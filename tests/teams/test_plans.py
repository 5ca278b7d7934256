"""Milestones on the way of a measure, and decisions that are only added to."""
from datetime import timedelta
from functools import partial

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Invalid, Refusal
from groupware.kernel.ref import Ref
from groupware.kernel.things import Tied, landmarks_for
from teams import documents, reactions, widgets
from teams.commands.life import move_team, report_done
from teams.commands.people import unseat_member
from teams.commands.plans import change_milestone, drop_milestone, note_decision, reach_milestone, set_milestone
from teams.commands.tasks import add_task, drop_task
from teams.events import DecisionNoted
from teams.forms import DecisionDraft, MilestoneDraft, TaskDraft
from teams.models import Team
from teams.models.plans import Decision, Milestone
from teams.queries.plans import decisions_of
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import statements_of
from tests.teams.hall import cards, started
from tests.teams.test_tasks import INSIDE, WORK, draft, said

LATER = timedelta(days=30)


@pytest.fixture(scope="module")
def team(hall: tuple[InProcess, dict[str, Actor]]) -> int:
    return started(hall[1])


def stone(title: str = "手順書を一つに", days: int = 30, measure: str = "M03", **more: int) -> MilestoneDraft:
    return MilestoneDraft(title, clock.today() + timedelta(days=days), measure, **more)


def ruling(words: str = "木曜に聞き取る", **more: object) -> DecisionDraft:
    values: dict[str, object] = {"by": "チームの会議", "decided_on": clock.today(), **more}
    return DecisionDraft(words, **values)      # type: ignore[arg-type]


def test_a_milestone_thought_better_of_is_gone(people: dict[str, Actor], team: int) -> None:
    number = set_milestone(people["chief"], team, stone("やめた節目"))
    drop_milestone(people["chief"], number)
    db.end_reading()
    assert db.session.get(Milestone, number) is None


def test_milestones_and_decisions_are_for_those_inside(house: InProcess, people: dict[str, Actor], team: int) -> None:
    number = set_milestone(people["chief"], team, stone())
    note_decision(people["chief"], team, ruling())
    decided = db.session.query(Decision).filter_by(team_id=team).first()
    assert decided
    for who, actor in people.items():
        client = signed_in(house, actor)
        assert client.get(f"/teams/{team}/plans").status_code == (200 if who in INSIDE else 404), who
        assert bool(cards(house, actor, [decided.ref])) == (who in INSIDE), who
        assert bool(cards(house, actor, [Ref("teams.milestone", number)])) == (who != "guest"), who
        for deed in () if who in WORK else (partial(set_milestone, actor, team, stone()), partial(note_decision, actor, team, ruling()),
                                            partial(reach_milestone, actor, number, reached=True), partial(drop_milestone, actor, number),
                                            partial(change_milestone, actor, number, stone(version=1))):
            with pytest.raises(Refusal):
                deed()


def test_a_milestone_stands_on_the_road_of_its_measure_for_whom_the_team_may_be_known(house: InProcess, people: dict[str, Actor]) -> None:
    team = started(people)
    set_milestone(people["chief"], team, stone("窓口での試し"))
    set_milestone(people["chief"], team, stone("どの施策でもない", measure=""))
    with house.app.test_request_context():
        for who, actor in people.items():
            words = [each.words for each in landmarks_for(actor, ["M03"]) if each.url.endswith(f"/{team}")]
            assert words == (["窓口での試し"] if who != "guest" else []), who
    road = signed_in(house, people["stranger"]).get("/governance/roadmap").text
    assert "窓口での試し" in road
    assert "どの施策でもない" not in road
    report_done(people["chief"], team, "できた")
    move_team(people["steering"], team, "dissolve")
    db.end_reading()
    with house.app.test_request_context():
        assert not [each for each in landmarks_for(people["chief"], ["M03"]) if each.url.endswith(f"/{team}")]


def test_a_milestone_is_reached_taken_back_and_written_anew_by_one_at_a_time(people: dict[str, Actor], team: int) -> None:
    number = set_milestone(people["leader"], team, stone())
    reach_milestone(people["clerk"], number, reached=True)
    reach_milestone(people["leader"], number, reached=True)
    assert db.session.get_one(Milestone, number).reached_on == clock.today()
    reach_milestone(people["leader"], number, reached=False)
    change_milestone(people["clerk"], number, stone("一つ目", version=1))
    with pytest.raises(Conflict):
        change_milestone(people["leader"], number, stone("二つ目", version=1))
    db.end_reading()
    assert (db.session.get_one(Milestone, number).title, db.session.get_one(Milestone, number).reached_on) == ("一つ目", None)


def test_what_is_near_or_late_stands_on_the_first_page_of_who_leads(house: InProcess, people: dict[str, Actor]) -> None:
    team = started(people)
    for days in (-3, 5, 20):
        set_milestone(people["chief"], team, stone(f"{days}日", days))
    with house.app.test_request_context():
        assert [todo.title for todo in widgets.milestones_to_reach(people["chief"]) if f"/{team}/" in todo.url] == ["-3日", "5日"]
        assert not list(widgets.milestones_to_reach(people["adviser"]))
        assert statements_of(lambda: list(widgets.milestones_to_reach(people["chief"]))) == 1


def test_decisions_are_numbered_and_one_takes_the_place_of_another_once(house: InProcess, people: dict[str, Actor]) -> None:
    team = started(people)
    assert [note_decision(people["chief"], team, ruling(words)) for words in ("一", "二")] == [1, 2]
    assert note_decision(people["clerk"], team, ruling("一を改める", instead_of=1)) == 3
    for number in (1, 9):
        with pytest.raises(Invalid, match="改められて"):
            note_decision(people["clerk"], team, ruling(instead_of=number))
    with pytest.raises(Invalid, match="きょうまで"):
        note_decision(people["clerk"], team, ruling(decided_on=clock.today() + LATER))
    db.end_reading()
    found, total = decisions_of(db.session.get_one(Team, team), 1)
    assert [(each.decision.number, each.replaced_by) for each in found] == [(3, None), (2, None), (1, 3)]
    assert total == 3
    assert "第3号で改められた" in signed_in(house, people["adviser"]).get(f"/teams/{team}/plans").text


def test_a_decision_tells_the_others_and_is_tied_to_the_measures_of_the_team(people: dict[str, Actor]) -> None:
    team = started(people)
    note_decision(people["chief"], team, ruling())
    row = db.session.query(Decision).filter_by(team_id=team).one()
    event = DecisionNoted(row.id, team, people["chief"].user_id)
    assert {notice.user_id for notice in said(reactions.tell_decision(event))} == {people[who].user_id for who in ("clerk", "leader", "adviser")}
    assert list(reactions.tie_decision(event) or ()) == [Tied(row.ref, "M03")]


def test_minutes_that_one_may_not_see_are_nobodys_source(house: InProcess, people: dict[str, Actor], team: int) -> None:
    hidden = started(people)
    unseat_member(people["steering"], hidden, people["adviser"].user_id)
    secret = f"teams.task:{add_task(people['chief'], hidden, draft('中のこと'))}"
    db.end_reading()
    client = signed_in(house, people["adviser"])
    assert client.get(f"/teams/decisions/new?about={secret}").status_code == 404
    form = {"words": "決めた", "by": "会議", "decided_on": "R8.10.1", "about": secret}
    assert client.post(f"/teams/{team}/decisions", data=form).status_code == 404
    inside = signed_in(house, people["chief"])
    assert inside.post(f"/teams/{team}/decisions", data=form).status_code == 303
    assert "/teams/tasks/" in inside.get(f"/teams/{team}/plans").text
    assert "もう載っています" in inside.get(f"/teams/{team}/decisions/new?about={secret}").text
    assert "/teams/tasks/" not in client.get(f"/teams/{team}/plans").text


@pytest.mark.parametrize(("door", "form"), [
    ("milestones", {"title": "", "due_on": "R9.3.31"}), ("milestones", {"title": "題", "due_on": ""}), ("milestones", {"title": "題", "due_on": "x"}),
    ("milestones", {"title": "題", "due_on": "R9.3.31", "measure": "3"}), ("decisions", {"words": "", "by": "会議", "decided_on": "R8.10.1"}),
    ("decisions", {"words": "決めた", "by": "", "decided_on": "R8.10.1"}), ("decisions", {"words": "決めた", "by": "会議", "decided_on": ""}),
    ("decisions", {"words": "決めた", "by": "会議", "decided_on": "R8.10.1", "instead_of": "-1"})])
def test_what_cannot_be_is_refused_with_a_sentence(house: InProcess, people: dict[str, Actor], team: int, door: str, form: dict[str, str]) -> None:
    answer = signed_in(house, people["chief"]).post(f"/teams/{team}/{door}", data=form)
    assert answer.status_code == 422


def test_many_decisions_cost_no_more_than_one(house: InProcess, people: dict[str, Actor]) -> None:
    team, client, asked = started(people), signed_in(house, people["chief"]), set()
    for many in (2, 35):
        while decisions_of(db.session.get_one(Team, team), 1)[1] < many:
            note_decision(people["chief"], team, ruling())
            db.end_reading()
        client.get(f"/teams/{team}/plans")
        asked.add(statements_of(partial(client.get, f"/teams/{team}/plans")))
    assert len(asked) == 1
    assert max(asked) <= 12


def test_the_number_of_a_task_that_was_taken_away_never_means_another(house: InProcess, people: dict[str, Actor], team: int) -> None:
    """What was tied to it, said of it and searched for it does not come back under another's name."""
    gone: int = add_task(people["chief"], team, TaskDraft("消えるもの", draft().rendered))
    drop_task(people["chief"], gone)
    assert add_task(people["chief"], team, draft("次のもの")) > gone
    db.end_reading()
    assert signed_in(house, people["chief"]).get(f"/teams/tasks/{gone}").status_code == 404
    assert not list(documents.task_documents([gone]))
    assert "消えるもの" not in signed_in(house, people["chief"]).get(f"/teams/{team}/tasks").text


def test_search_finds_decisions_inside_and_milestones_where_the_team_may_be_known(people: dict[str, Actor], team: int) -> None:
    number = set_milestone(people["chief"], team, stone("全庁へ広げる"))
    note_decision(people["chief"], team, ruling("様式を一枚に", reason="書き間違いが多いため"))
    row = db.session.query(Decision).filter_by(team_id=team).order_by(Decision.id.desc()).first()
    assert row
    decided, planned = next(iter(documents.decision_documents([row.id]))), next(iter(documents.milestone_documents([number])))
    assert (decided.audience, planned.audience, planned.title) == (f"teams.inside:{team}", f"teams.team:{team}", "全庁へ広げる")
    assert "書き間違い" in decided.body
