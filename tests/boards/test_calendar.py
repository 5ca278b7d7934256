"""What the calendar does with a notice: it appears, falls due, ends."""
from datetime import datetime, timedelta

import pytest

from boards.calendar import keep_calendar
from boards.commands.publishing import publish_notice
from boards.commands.writing import draft_notice
from boards.models.notices import BOOKED, OPEN
from boards.queries.lists import Asked, page_of
from boards.queries.receipts import standing, standing_then
from groupware.kernel import clock, db
from tests.boards.town import WEDNESDAY, arrive, board, confirm, draft, hall, notice, sheet, the_notice, waiting


@pytest.mark.usefixtures("house")
def test_a_booked_notice_appears_when_its_time_has_come_and_ends_when_it_is_over() -> None:
    people = hall()
    with clock.at(WEDNESDAY):
        notice_id = draft_notice(people["sender"], board(), draft(strength="tell", due_on=None, starts_on="2026-10-16", ends_on="2026-10-20"))
        publish_notice(people["sender"], notice_id)
        keep_calendar()
    assert the_notice(notice_id).state == BOOKED
    with clock.at(datetime(2026, 10, 16, 8, 30, tzinfo=clock.JST)):
        keep_calendar()
        arrive(notice_id)
        assert the_notice(notice_id).state == OPEN
        assert waiting(people["clerk"]) == 1
    with clock.at(datetime(2026, 10, 21, 0, 0, tzinfo=clock.JST)):
        keep_calendar()
        db.end_reading()
        assert waiting(people["clerk"]) == 0
        assert page_of(people["clerk"], Asked()).rows == []
        assert [row.notice.id for row in page_of(people["clerk"], Asked("over")).rows] == [notice_id]


@pytest.mark.usefixtures("each_house")
def test_how_it_stood_at_the_due_date_stays_whatever_happens_afterwards() -> None:
    people = hall()
    with clock.at(WEDNESDAY):
        notice_id = notice(people["sender"], board(), due_on="2026-10-15")
        confirm(people["clerk"], notice_id)
    with clock.at(WEDNESDAY + timedelta(days=2)):
        keep_calendar()
        db.end_reading()
        confirm(people["head"], notice_id)
        now, then = standing(sheet(people["sender"], notice_id)), standing_then(sheet(people["sender"], notice_id))
    assert then
    assert (now.total.done, then.total.done, then.total.total) == (2, 1, 3)
