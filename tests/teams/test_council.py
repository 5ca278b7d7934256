"""The council: what it should speak of is gathered, put on an agenda in one act, and what it resolves comes back to the team."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from coordination.commands import move_matter, raise_matter
from coordination.forms import MatterDraft, MoveDraft
from coordination.models import Matter
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.agenda import Topic, agenda_desk
from groupware.kernel.errors import Refusal
from groupware.kernel.ref import Ref
from groupware.kernel.things import Resolved
from groupware.notifications.models import Notification
from meetings.commands.bodies import found_body
from meetings.commands.minutes import write_entry
from meetings.commands.reviewing import move_minutes
from meetings.commands.sittings import call_sitting, plan_sitting
from meetings.drafts import EntryDraft
from meetings.forms import BodyDraft, SittingDraft
from meetings.minutes_events import MinutesMoved
from meetings.minutes_reactions import carry_back as resolved
from meetings.models.minutes import ACTION, DECISION, REMARK, Entry
from meetings.models.results import Action
from meetings.models.sittings import Item, Sitting
from teams.commands.carrying import carry_back
from teams.commands.checkins import give_checkin
from teams.commands.life import move_team, report_done
from teams.forms import CheckinDraft
from teams.models.checkins import HELP
from teams.models.plans import Decision
from teams.models.tasks import Task
from tests.admin.test_admin import signed_in
from tests.advice.test_one_record import work_off
from tests.conftest import InProcess
from tests.directory.town import statements_of, unit
from tests.governance.hall import put
from tests.teams.hall import started


@pytest.fixture
def team(people: dict[str, Actor]) -> int:
    number = started(people)
    give_checkin(people["chief"], number, CheckinDraft(HELP, "部長会議の了解がいる"))
    db.end_reading()
    return number


@pytest.fixture
def sitting(people: dict[str, Actor]) -> int:
    """Of a body whose secretary is 行政管理課."""
    seated = ((people["cio"].user_id, "chair"), (people["steering"].user_id, "secretary"))
    body = found_body(people["steering"], BodyDraft("DX連絡会議", "staff", seated))
    number: int = plan_sitting(people["steering"], body, SittingDraft(clock.now() + timedelta(days=7), "大会議室", ""))
    db.end_reading()
    return number


def items(sitting: int) -> list[Item]:
    db.end_reading()
    return list(db.session.scalars(select(Item).where(Item.sitting_id == sitting, Item.about != "").order_by(Item.position)))


def test_what_is_chosen_comes_onto_the_agenda_in_one_act_and_once(house: InProcess, people: dict[str, Actor], team: int, sitting: int) -> None:
    client = signed_in(house, people["steering"])
    page = client.get("/teams/council").text
    assert "部長会議の了解がいる" in page
    form = {"sitting": f"meetings.sitting:{sitting}", "about": [f"teams.team:{team}"]}
    for _ in range(2):
        assert client.post("/teams/council", data=form).status_code == 303
    found = items(sitting)
    assert [(item.title, item.note, item.about) for item in found] == [("書かない窓口（支援が必要）", "部長会議の了解がいる", f"teams.team:{team}")]
    assert "次第にあります" in client.get("/teams/council").text


def test_only_who_steers_convenes_and_only_who_prepares_a_sitting_fills_its_agenda(
        house: InProcess, people: dict[str, Actor], team: int, sitting: int) -> None:
    for who, actor in people.items():
        assert signed_in(house, actor).get("/teams/council").status_code == (200 if who == "steering" else 403), who
        if who != "steering":
            with pytest.raises(Refusal), house.app.test_request_context():
                agenda_desk().put(actor, Ref("meetings.sitting", sitting), [Topic("題", "", Ref("teams.team", team))])
    client = signed_in(house, people["steering"])
    for form, status in (({"sitting": "meetings.sitting:999999", "about": [f"teams.team:{team}"]}, 404), ({"about": [f"teams.team:{team}"]}, 422),
                         ({"sitting": f"meetings.sitting:{sitting}"}, 422), ({"sitting": "どこか", "about": [f"teams.team:{team}"]}, 422)):
        assert client.post("/teams/council", data=form).status_code == status, form
    assert not items(sitting)


def minuted(people: dict[str, Actor], sitting: int, item: Item, kind: str, body: str) -> Entry:
    def write() -> Entry:
        entry = Entry(sitting_id=sitting, item_id=item.id, kind=kind, body=body, by_id=people["steering"].user_id, by_name="井上", at=clock.now())
        db.session.add(entry)
        db.session.flush()
        if kind == ACTION:
            db.session.add(Action(entry_id=entry.id, body_id=1, owner_id=people["leader"].user_id, due_on=clock.today(), changed_at=clock.now()))
        return entry
    made: Entry = db.write(write)
    db.end_reading()
    return made


def test_what_was_resolved_comes_back_once_the_minutes_stand(house: InProcess, people: dict[str, Actor], team: int, sitting: int) -> None:
    with house.app.test_request_context():
        agenda_desk().put(people["steering"], Ref("meetings.sitting", sitting), [Topic("題", "", Ref("teams.team", team))])
    item = items(sitting)[0]
    for kind, body in ((DECISION, "締切を前日の正午にする"), (REMARK, "質問があった"), (ACTION, "部長会議に諮る")):
        minuted(people, sitting, item, kind, body)
    assert not list(resolved(MinutesMoved(sitting, "ask", "review")) or ())
    back = [each for each in resolved(MinutesMoved(sitting, "lock", "locked")) or () if isinstance(each, Resolved)]
    to_both = [Ref("teams.team", team), Ref("meetings.item", item.id)]
    assert [(each.words, each.task, each.about) for each in back] == [*(("締切を前日の正午にする", False, about) for about in to_both),
                                                                      *(("部長会議に諮る", True, about) for about in to_both)]
    for _ in range(2):
        for each in back:
            carry_back(each)
    db.end_reading()
    decided, task = db.session.query(Decision).filter_by(team_id=team).one(), db.session.query(Task).filter_by(team_id=team).one()
    assert (decided.words, decided.number, decided.by) == ("締切を前日の正午にする", 1, "第1回 DX連絡会議")
    assert (task.title, task.owner_id, task.due_on) == ("部長会議に諮る", people["leader"].user_id, clock.today())
    put(Item, item.id, level="members")
    assert not list(resolved(MinutesMoved(sitting, "lock", "locked")) or ())


def test_a_sitting_from_the_gathering_of_its_agenda_to_what_is_carried_over(
        house: InProcess, people: dict[str, Actor], team: int, sitting: int) -> None:
    """The matter is settled by itself and told, the words stand in the story of its measure, what is to be done opens the next sitting."""
    draft = MatterDraft(Ref("teams.team", team), "窓口の順番", "決めてほしい", None, unit("0310"), None, ("M03",))
    matter: int = raise_matter(people["leader"], draft)
    for who, act in (("head", "object"), ("leader", "escalate"), ("steering", "refer")):
        move_matter(people[who], matter, MoveDraft(act, "二つでは決まらない"))
    db.end_reading()
    client = signed_in(house, people["steering"])
    chosen = [f"coordination.matter:{matter}", f"teams.team:{team}", "training.coverage:1"]
    assert client.post("/teams/council", data={"sitting": f"meetings.sitting:{sitting}", "about": chosen}).status_code == 303
    found = {item.about: item for item in items(sitting)}
    assert set(found) == set(chosen)
    assert "市民課" in found["training.coverage:1"].note
    call_sitting(people["steering"], sitting)
    about = found[chosen[0]].id
    write_entry(people["steering"], about, EntryDraft("decision", "三月は窓口を先にする"))
    write_entry(people["steering"], about, EntryDraft("action", "順番の表を配る", "", people["head"].user_id, clock.today() + timedelta(days=9)))
    move_minutes(people["steering"], sitting, "ask")
    assert db.session.get_one(Matter, matter).state == "council"
    move_minutes(people["cio"], sitting, "lock")
    db.end_reading()
    work_off(house)
    settled = db.session.get_one(Matter, matter)
    assert (settled.state, settled.decider, settled.basis) == ("settled", "第1回 DX連絡会議", "三月は窓口を先にする")
    for who in ("leader", "head"):
        told = select(Notification.reason).where(Notification.user_id == people[who].user_id, Notification.about == f"coordination.matter:{matter}")
        assert any("決着" in each for each in db.session.scalars(told)), who
    assert "三月は窓口を先にする" in signed_in(house, people["stranger"]).get("/governance/measures/M03?kind=meetings.entry").text
    assert "三月は窓口を先にする" not in signed_in(house, people["adviser"]).get("/governance/measures/M03").text
    following: int = plan_sitting(people["steering"], body_of(sitting), SittingDraft(clock.now() + timedelta(days=37), "大会議室", ""))
    db.end_reading()
    assert db.session.scalar(select(Item.carries).where(Item.sitting_id == following).order_by(Item.position).limit(1))
    assert "順番の表を配る" in client.get(f"/meetings/{following}").text


def body_of(sitting: int) -> int:
    return db.session.get_one(Sitting, sitting).body_id


def test_nothing_comes_back_to_what_has_ended(people: dict[str, Actor], team: int) -> None:
    report_done(people["chief"], team, "できた")
    move_team(people["steering"], team, "dissolve")
    db.end_reading()
    carry_back(Resolved(Ref("teams.team", team), Ref("meetings.entry", 1), "決めた", "第1回", clock.today()))
    carry_back(Resolved(Ref("boards.notice", 1), Ref("meetings.entry", 1), "決めた", "第1回", clock.today()))
    assert not db.session.query(Decision).filter_by(team_id=team).count()


def test_the_page_asks_no_more_for_more_candidates(house: InProcess, people: dict[str, Actor], team: int) -> None:
    client, asked = signed_in(house, people["steering"]), set()
    for _ in range(2):
        client.get("/teams/council")
        asked.add(statements_of(lambda: client.get("/teams/council")))
        give_checkin(people["chief"], started(people), CheckinDraft(HELP, "もう一つ"))
        db.end_reading()
    assert len(asked) == 1
    assert max(asked) <= 20
