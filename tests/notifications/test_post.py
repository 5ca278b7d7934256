"""Mails to a real SMTP server: without a word of the content, once, again when the server was away, never to who may not see."""
import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from chat.commands.rooms import remove_member
from groupware.kernel import clock, db
from groupware.kernel.clock import JST
from groupware.kernel.house import house as the_house
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card
from groupware.notifications.commands.choices import choose_ways
from groupware.notifications.commands.post import change_post
from groupware.notifications.forms import WaysDraft
from groupware.notifications.keeping import keep
from groupware.notifications.models import Letter, Notification
from groupware.notifications.notice import Notice
from groupware.notifications.post import carrying, postman
from groupware.notifications.post.composing import one_line
from tests.chat.town import person, room, say
from tests.conftest import InProcess
from tests.files.office import browser, helper_works
from tests.notifications.office import SENDER, Hall, Office, drop, gets_mail, never, opened

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=JST)        # a Thursday
NIGHT = datetime(2026, 10, 15, 21, 40, tzinfo=JST)
SECRET = "来年度の人事の件です"
AT_ONCE = {"nights": "1", "holidays": "1", "mail-chat.mention": "now"}


@pytest.fixture
def hall(house: InProcess) -> Iterator[Hall]:
    office = Office()
    with serving(office) as port, clock.at(NOON):
        writer, reader = person(), person("柏木 真帆")
        gets_mail(reader, "kashiwagi@city.example.jp")
        choose_ways(reader, WaysDraft.parse(AT_ONCE))
        config = replace(house.config, mail_host="127.0.0.1", mail_port=port, mail_from=SENDER, public_url="https://groupware.example.lg.jp")
        yield Hall(house, office, config, writer, reader, room(writer, reader, name="人事の部屋"))


@contextmanager
def serving(office: Office, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    server = opened(office, tls)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def address(hall: Hall, text: str = SECRET) -> int:
    message_id: int = say(hall.writer, hall.room_id, f"<@{hall.reader.user_id}> {text}").id
    helper_works()
    return message_id


def letters() -> list[Letter]:
    db.end_reading()
    return list(db.reading().query(Letter).order_by(Letter.id))


def test_a_mail_says_why_and_where_but_not_what_and_its_code_opens_the_place(hall: Hall) -> None:
    message_id = address(hall)
    hall.rounds()
    [mail] = hall.office.taken
    text = mail.get_content()
    assert mail["Subject"] == "【つながる】あなた宛て"
    assert mail["To"] == "kashiwagi@city.example.jp"
    assert mail["From"].addresses[0].addr_spec == SENDER
    assert re.fullmatch(r"<[0-9a-f]{32}@city\.example\.jp>", mail["Message-ID"])
    assert mail["List-Id"] == "<notifications.city.example.jp>"
    assert mail["Date"].datetime == NOON
    assert (mail.get_content_type(), mail.get_content_charset()) == ("text/plain", "utf-8")
    assert not any(word in mail.as_string() + text for word in (SECRET, "人事の部屋", hall.writer.name))
    link, code = re.findall(r"https://groupware\.example\.lg\.jp(/\S+)", text)[0], re.findall(r"コード (\S+)", text)[0]
    client = browser(hall.house, hall.reader)
    assert client.get(link).headers["Location"].endswith(f"/messages/{message_id}")
    assert client.get("/notifications/code", query_string={"code": code}).headers["Location"].endswith(f"/messages/{message_id}")
    assert browser(hall.house, person("大沢 健")).get(link).status_code == 404
    hall.rounds()
    assert len(hall.office.taken) == 1


def test_a_mention_at_night_arrives_next_morning(hall: Hall) -> None:
    with clock.at(NIGHT):
        address(hall)
        hall.rounds()
        assert not hall.office.taken
    with clock.at(NIGHT.replace(hour=23)):
        address(hall, "もう一つ")
    with clock.at(datetime(2026, 10, 16, 7, 29, tzinfo=JST)):
        hall.rounds()
        assert not hall.office.taken
    with clock.at(datetime(2026, 10, 16, 7, 30, tzinfo=JST)):
        hall.rounds()
    [mail] = hall.office.taken
    assert "ほか1件" in mail.get_content()


def test_the_digest_gathers_the_day_and_goes_out_in_the_morning(hall: Hall) -> None:
    choose_ways(hall.reader, WaysDraft.parse({"nights": "1", "holidays": "1"}))
    address(hall)
    other = room(hall.writer, hall.reader, name="別の部屋")
    say(hall.writer, other, f"<@{hall.reader.user_id}> こちらも")
    helper_works()
    hall.rounds()
    assert not hall.office.taken
    with clock.at(NOON + timedelta(days=1, hours=-3, minutes=-30)):
        hall.rounds()
        hall.rounds()
    [mail] = hall.office.taken
    assert mail["Subject"] == "【つながる】お知らせが2件あります"


def test_nothing_goes_out_on_leave_and_it_comes_on_the_first_day_back(hall: Hall) -> None:
    choose_ways(hall.reader, WaysDraft.parse({**AT_ONCE, "leave_from": "2026-10-15", "leave_to": "2026-10-16"}))
    address(hall)
    with clock.at(NOON + timedelta(days=1)):
        hall.rounds()
        assert not hall.office.taken
    with clock.at(NOON + timedelta(days=4)):
        hall.rounds()
    assert len(hall.office.taken) == 1


@pytest.mark.parametrize("happens", ["read", "removed", "unwanted", "departed"])
def test_who_has_read_it_or_may_not_see_it_any_more_or_does_not_want_it_gets_no_mail(happens: str, hall: Hall) -> None:
    if happens == "unwanted":
        choose_ways(hall.reader, WaysDraft.parse({**AT_ONCE, "mail-chat.mention": "never"}))
    address(hall)
    if happens == "read":
        browser(hall.house, hall.reader).post("/notifications/reading")
    elif happens == "removed":
        remove_member(hall.writer, hall.room_id, hall.reader.user_id)
    elif happens == "departed":
        gets_mail(hall.reader, "")
    hall.rounds()
    assert not hall.office.taken
    assert not hall.office.seen


def test_what_was_written_and_then_read_is_not_sent(hall: Hall) -> None:
    hall.office.mood = lambda _: "451 later"
    address(hall)
    hall.rounds()
    browser(hall.house, hall.reader).post("/notifications/reading")
    hall.office.mood = Office.mood
    with clock.at(NOON + timedelta(hours=2)):
        hall.rounds()
    assert not hall.office.taken
    assert letters()[0].state == "dropped"


def test_a_refused_address_is_kept_shown_to_the_administrator_and_tried_again_by_them(hall: Hall) -> None:
    hall.office.mood = lambda _: "550 no such user"
    address(hall)
    hall.rounds()
    client = browser(hall.house, person("蓮見 亮介", roles=("administrator",)))
    page = client.get("/notifications/post", headers={"Accept": "text/html"}).text
    assert "550 no such user" in page
    assert "柏木 真帆" in page
    with clock.at(NOON + timedelta(hours=3)):
        hall.rounds()
        assert len(hall.office.seen) == 0
        hall.office.mood = Office.mood
        assert client.post("/notifications/post/letters/1").status_code == 303
        hall.rounds()
    assert len(hall.office.taken) == 1


@pytest.mark.parametrize("mood", ["later", "dropped", "slow"])
def test_a_server_in_a_bad_mood_gets_the_same_letter_once_when_it_is_better(mood: str, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "TIMEOUT", 0.3)
    if mood == "later":
        hall.office.mood = lambda _: "451 greylisted"
    else:
        hall.office.mind = drop if mood == "dropped" else never
    address(hall)
    hall.rounds()
    hall.rounds()
    assert not hall.office.taken
    [letter] = letters()
    assert (letter.state, letter.attempts) == ("waiting", 1)
    assert letter.error
    hall.office.mood, hall.office.mind = Office.mood, None
    with clock.at(NOON + timedelta(minutes=2)):
        hall.rounds()
    [mail] = hall.office.taken
    assert set(hall.office.seen) == {mail["Message-ID"]}
    assert letters()[0].state == "sent"


def test_a_server_that_is_away_stops_the_round_and_is_given_up_after_two_days(hall: Hall) -> None:
    away = hall.using(mail_port=1)
    colleague = person("大沢 健")
    gets_mail(colleague, "osawa@city.example.jp")
    choose_ways(colleague, WaysDraft.parse(AT_ONCE))
    both = room(hall.writer, hall.reader, colleague)
    say(hall.writer, both, f"<@{hall.reader.user_id}> <@{colleague.user_id}> お願いします")
    helper_works()
    now = NOON
    for _ in range(postman.MOST_ATTEMPTS):
        with clock.at(now):
            away.rounds(1)
        now = max(letter.due_at for letter in letters())
    assert now - NOON > timedelta(days=1)
    assert {(letter.state, letter.attempts) for letter in letters()} == {("failed", postman.MOST_ATTEMPTS)}
    assert "つながりません" in letters()[0].error


def test_an_attempt_that_lost_its_lease_reports_nothing(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """The helper stood still for longer than its lease; another one has carried the letter meanwhile."""
    address(hall)
    monkeypatch.setattr(postman, "_carry_all", lambda letters, _: held.extend(letters))
    held: list[Letter] = []
    hall.rounds(1)
    monkeypatch.undo()
    with clock.at(NOON + postman.LEASE):
        hall.rounds()
    assert len(hall.office.taken) == 1
    postman._postpone(held[0], "a late word")
    assert (letters()[0].state, letters()[0].error) == ("sent", "")


@pytest.mark.parametrize("title", [
    "年末の窓口〜応援職員の調べ", "🎍謹賀新年🎍 👩‍👩‍👧‍👧", "表題\r\nBcc: thief@example.com\r\n\r\n本文の偽物", "表題\nX-Evil: 1",
    "改行\u2028Bcc: a@example.com",
    "とても長い題" * 40, "=?utf-8?b?44GL44Gq?=", "nul\x00と\x1b[31m", "髙橋 﨑 𠮷 ①Ⅳ㈱"])
def test_no_title_breaks_a_header_and_every_title_arrives(title: str, hall: Hall) -> None:
    change_post(person("蓮見 亮介", roles=("administrator",)), titles=True)
    the_house.cards["desk.paper"] = lambda _, numbers: [Card(Ref("desk.paper", number), title, f"/desk/{number}", "form") for number in numbers]
    keep(Notice(hall.reader.user_id, Ref("desk.paper", 1), "あなた宛て", "chat.mention"))
    hall.rounds()
    [mail] = hall.office.taken
    assert set(mail.keys()) == {"From", "To", "Date", "Message-ID", "List-Id", "Auto-Submitted", "X-Auto-Response-Suppress", "Subject",
                                "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert len(mail.get_all("To", [])) == 1
    assert "Bcc" not in mail
    if "=?" not in title:
        assert mail["Subject"] == one_line(f"【つながる】{title}")
    assert one_line(title) in mail.get_content()


def test_titles_stay_out_until_the_administrator_allows_them(hall: Hall) -> None:
    with pytest.raises(Exception, match="権限"):
        change_post(hall.reader, titles=True)
    address(hall)
    hall.rounds()
    assert "人事の部屋" not in hall.office.taken[0].get_content()


def test_while_no_mail_goes_out_nothing_is_saved_up(hall: Hall) -> None:
    address(hall)
    hall.using(mail_host="").rounds()
    hall.rounds()
    assert not hall.office.seen
    assert db.reading().query(Notification).filter(Notification.mail_at.is_not(None)).count() == 0


def test_an_address_that_is_none_is_never_offered_to_the_server(hall: Hall) -> None:
    for number, bad in enumerate(("a@b\r\nRCPT TO:<thief@example.com>", "二重＠例.jp", "a@b@c", "<a@example.jp>", "a b@example.jp")):
        gets_mail(hall.reader, bad)
        keep(Notice(hall.reader.user_id, Ref("directory.user", hall.reader.user_id), f"わけ{number}", "chat.mention"))
        hall.rounds()
    assert not hall.office.seen
    assert {letter.state for letter in letters()} == {"failed"}


def test_over_tls_only_to_a_server_one_can_trust(house: InProcess, hall: Hall, tmp_path: Path) -> None:
    certificate, key = _certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    with serving(hall.office, context) as port:
        stranger = hall.using(mail_host="localhost", mail_port=port, mail_tls="starttls")
        address(hall)
        stranger.rounds()
        assert not hall.office.seen
        assert "証明書" in letters()[0].error
        with clock.at(NOON + timedelta(minutes=2)):
            stranger.using(mail_ca=str(certificate)).rounds()
    assert hall.office.secured == [True]


def _certificate(folder: Path) -> tuple[Path, Path]:
    program = shutil.which("openssl")
    if not program:
        pytest.skip("needs openssl")
    certificate, key = folder / "server.pem", folder / "server.key"
    subprocess.run([program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    return certificate, key
