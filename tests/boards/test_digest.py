"""What is merely to be read rings no bell: it comes the next working morning, once, in one line and one letter, to whoever has not opened it."""
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select, update

from boards.calendar import keep_calendar
from boards.commands.publishing import withdraw_notice
from boards.restoring import tell_nobody_again
from groupware.directory.models import User
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.clock import JST
from groupware.notifications.models import Letter, Notification
from groupware.notifications.post.composing import compose
from groupware.notifications.post.writing import write_letters
from groupware.notifications.queries.stream import unread_count
from tests.boards.town import board, hall, notice, open_it
from tests.conftest import InProcess
from tests.files.office import helper_works

FRIDAY, SATURDAY = datetime(2026, 10, 16, 16, 0, tzinfo=JST), datetime(2026, 10, 17, 9, 0, tzinfo=JST)
EARLY, MORNING = datetime(2026, 10, 19, 7, 59, tzinfo=JST), datetime(2026, 10, 19, 8, 0, tzinfo=JST)
POST = MORNING.replace(minute=30)


def two_notices(people: dict[str, Actor]) -> tuple[int, int]:
    here = board()
    first, second = (notice(people["sender"], here, strength="tell", due_on=None, title=title) for title in ("駐車場", "給食"))
    helper_works()
    return first, second


def it_is(moment: datetime) -> None:
    """The minute passes twice, and the helper does what came of it."""
    with clock.at(moment):
        for _ in range(2):
            keep_calendar()
            helper_works()


def told(who: Actor) -> list[Notification]:
    db.end_reading()
    return list(db.reading().scalars(select(Notification).where(Notification.user_id == who.user_id, Notification.read_at.is_(None))))


def test_who_has_not_opened_it_is_told_the_next_working_morning_in_one_line_and_one_letter(house: InProcess) -> None:
    people = hall()
    with clock.at(FRIDAY):
        open_it(people["clerk"], *two_notices(people))
        db.write(lambda: db.session.execute(update(User).values(email="someone@city.example.jp")))
    for moment in (FRIDAY, SATURDAY, EARLY):
        it_is(moment)
        assert not told(people["other"]), moment
    it_is(MORNING)
    assert {(row.kind, row.mail_at, row.rings_at) for row in told(people["other"])} == {("boards.told", POST, None)}
    with clock.at(POST):
        assert (len(told(people["other"])), unread_count(people["other"].user_id), told(people["clerk"])) == (2, 1, [])
        write_letters()
        [letter] = db.reading().scalars(select(Letter).where(Letter.user_id == people["other"].user_id))
        message = compose(letter, replace(house.config, mail_from="groupware@city.example.jp"))
    assert message
    assert "まだ開いていません（ふつうのお知らせ）、ほか1件" in message.get_content()


@pytest.mark.usefixtures("house")
def test_what_was_opened_taken_down_or_told_before_a_restore_is_told_to_nobody() -> None:
    people = hall()
    with clock.at(FRIDAY):
        first, second = two_notices(people)
        open_it(people["other"], first)
        withdraw_notice(people["sender"], second, "誤り")
    it_is(MORNING)
    assert not told(people["other"])
    with clock.at(FRIDAY):
        two_notices(people)
        db.write(tell_nobody_again)
    it_is(MORNING)
    assert [row.about for row in told(people["head"])] == [f"boards.notice:{first}"]
