"""How people say they want to be told, and what passes in spite of it."""
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from chat.commands.rooms import remove_member
from groupware.audit.models import Entry
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.clock import JST
from groupware.kernel.house import house as the_house
from groupware.kernel.notice_kind import AT_ONCE, BELL, DIGEST, NEVER, SCREEN
from groupware.kernel.ref import Ref
from groupware.live.models import Relay
from groupware.notifications.commands.alarms import end_alarm, raise_alarm
from groupware.notifications.commands.choices import choose_ways
from groupware.notifications.forms import WaysDraft
from groupware.notifications.keeping import keep
from groupware.notifications.models import Notification, Preference
from groupware.notifications.notice import Notice
from groupware.notifications.queries.choices import ways_of
from groupware.notifications.ringing import ring
from tests.chat.town import adviser, person, room, say
from tests.conftest import InProcess
from tests.files.office import browser, helper_works

NIGHT = datetime(2026, 10, 15, 2, 40, tzinfo=JST)
QUIET = {"nights": "1", "holidays": "1", "leave_from": "2026-10-14", "leave_to": "2026-10-20"}


@pytest.fixture
def me(house: InProcess) -> Iterator[Actor]:
    with clock.at(NIGHT):
        yield person("柏木 真帆")


def page(client: FlaskClient) -> str:
    return client.get("/notifications/settings", headers={"Accept": "text/html"}).text


def lines() -> list[Notification]:
    db.end_reading()
    return list(db.reading().scalars(select(Notification).order_by(Notification.id)))


def told(user: Actor, kind: str, number: int = 1) -> None:
    keep(Notice(user.user_id, Ref("directory.user", user.user_id), f"わけ{number}", kind))


def rung() -> list[dict[str, object]]:
    db.end_reading()
    return [row.body["payload"] for row in db.reading().scalars(select(Relay)) if row.body.get("event") == "notifications.ring"]


def test_every_kind_in_the_house_has_sensible_ways_and_all_that_is_told_has_a_declared_kind() -> None:
    for kind in the_house.notices.values():
        assert kind.label
        asked_for = (kind.show, kind.mail) == (NEVER, NEVER)        # comes to those alone who have chosen it
        assert asked_for or (kind.show in {SCREEN, BELL} and kind.mail in {AT_ONCE, DIGEST, NEVER}), kind


def test_what_was_chosen_is_shown_kept_and_used_from_then_on(house: InProcess, me: Actor) -> None:
    client = browser(house, me)
    form = {"nights": "1", "night_from": "２０：００", "night_to": "8:15", "show-chat.reply": "never", "mail-chat.reply": "now",
            "show-chat.mention": "bell", "mail-chat.mention": "digest", "passes-chat.direct": "1"}
    assert client.post("/notifications/settings", data=form).status_code == 303
    shown = page(client)
    assert 'value="20:00"' in shown
    assert 'value="8:15"' in shown
    ways = ways_of(me.user_id)
    assert (ways["chat.reply"].show, ways["chat.reply"].mail) == (NEVER, NEVER)
    told(me, "chat.reply")
    told(me, "chat.mention", 2)
    told(me, "chat.direct", 3)
    [mention, direct] = lines()
    assert mention.rings_at is None
    assert direct.rings_at == NIGHT
    assert db.reading().scalars(select(Preference.kind).order_by(Preference.kind)).all() == ["chat.direct", "chat.mention", "chat.reply"]


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"show-boards.confirm": "never"}, "お知らせの欄には必ず届きます"), ({"show-chat.reply": "loud"}, "一覧から選んでください"),
    ({"night_from": "7:00"}, "夜の始まりは"), ({"night_to": "25:00"}, "朝の終わりは"), ({"night_to": "すぐ"}, "朝の終わりは"),
    ({"leave_from": "2026-10-20"}, "両方の日"), ({"leave_from": "2026-10-20", "leave_to": "2026-10-19"}, "始まりより後"),
    ({"leave_from": "きょう", "leave_to": "2026-10-19"}, "日付は"), ({"leave_from": "2026-10-20", "leave_to": "9999-12-31"}, "一年先まで")])
def test_what_cannot_be_is_refused_in_a_sentence_and_what_was_typed_stays(wrong: dict[str, str], sentence: str, house: InProcess, me: Actor) -> None:
    form = {"nights": "1", "night_from": "20:00", **wrong}
    refused = browser(house, me).post("/notifications/settings", data=form, headers={"Accept": "text/html"})
    assert refused.status_code == 422
    assert sentence in refused.text
    assert all(value in refused.text for name, value in wrong.items() if name.startswith(("night", "leave")))
    assert not db.reading().scalars(select(Preference)).all()


def test_by_night_and_on_leave_it_waits_below_the_bell_and_rings_when_one_is_back(me: Actor) -> None:
    choose_ways(me, WaysDraft.parse(QUIET))
    told(me, "chat.mention")
    assert len(lines()) == 1
    with clock.at(datetime(2026, 10, 21, 7, 29, tzinfo=JST)):
        assert ring() == 0
    with clock.at(datetime(2026, 10, 21, 7, 30, tzinfo=JST)):
        assert ring() == 1
    assert [each["reason"] for each in rung()] == ["わけ1"]


def test_an_alarm_passes_night_leave_and_choice_and_is_written_down(house: InProcess, me: Actor) -> None:
    chief, colleague = person("郷田 剛", roles=("emergency",)), person("大沢 健")
    choose_ways(me, WaysDraft.parse({**QUIET, "show-chat.mention": "never"}))
    here = room(chief, me, colleague, name="災害対策の連絡")
    say(chief, here, f"<@{colleague.user_id}> 参集してください")
    helper_works()
    alarm_id = raise_alarm(chief, Ref("chat.room", here), "大雨警報")
    helper_works()
    say(chief, here, "第二配備です")
    helper_works()
    ring()
    assert {row.user_id for row in lines() if row.alarm and row.read_at is None} == {me.user_id, colleague.user_id}
    assert all(row.mail_at == NIGHT for row in lines() if row.alarm)
    assert {each["alarm"] for each in rung()} == {True}
    db.end_reading()
    kept = db.reading().scalars(select(Entry.event).where(Entry.event.startswith("notifications."))).all()
    assert "notifications.AlarmRaised" in kept
    assert "notifications.AlarmRung" in kept
    end_alarm(chief, alarm_id)
    before = len(lines())
    say(chief, here, "平常に戻します")
    helper_works()
    assert len(lines()) == before


def test_only_those_with_the_post_raise_an_alarm_and_only_of_what_they_may_see(house: InProcess, me: Actor) -> None:
    chief = person("郷田 剛", roles=("emergency",))
    here = room(chief, me)
    for stranger, status in ((me, 403), (adviser(), 404)):
        assert browser(house, stranger).post("/notifications/alarms", data={"about": f"chat.room:{here}", "reason": "x"}).status_code == status
    secret = room(me, person("大沢 健"))
    client = browser(house, chief)
    assert client.post("/notifications/alarms", data={"about": f"chat.room:{secret}", "reason": "大雨"}).status_code == 404
    assert client.post("/notifications/alarms", data={"about": f"chat.room:{here}", "reason": " "}).status_code == 422
    assert client.post("/notifications/alarms", data={"about": "nonsense", "reason": "大雨"}).status_code in {404, 422}
    assert client.post("/notifications/alarms", data={"about": f"chat.room:{here}", "reason": "大雨"}).status_code == 303
    assert "大雨" in client.get("/notifications/alarms", headers={"Accept": "text/html"}).text


def test_a_removed_member_is_not_reached_by_an_alarm_either(me: Actor) -> None:
    chief = person("郷田 剛", roles=("emergency",))
    here = room(chief, me)
    say(chief, here, f"<@{me.user_id}> 参集してください")
    helper_works()
    remove_member(chief, here, me.user_id)
    raise_alarm(chief, Ref("chat.room", here), "大雨警報")
    helper_works()
    ring()
    assert rung() == []
