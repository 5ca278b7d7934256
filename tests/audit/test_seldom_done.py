"""What else is done only in servers of its own, or never by any other test, is done here once, in this process: each leaves its entry."""
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from boards.commands.places import archive_board, reopen_board
from boards.commands.rendering import finish_rendering as finish_notice
from boards.models.notices import Notice
from chat.commands.messages import finish_rendering as finish_message
from chat.models import Message
from governance.commands.roadmap import change_indicator, enter_bar, enter_indicator, keep_reading, take_bar
from governance.forms.roadmap import BarDraft, IndicatorDraft, ReadingDraft
from groupware.audit.commands import take_entries
from groupware.audit.forms import Sought
from groupware.audit.models import Entry
from groupware.keeping.commands import begin_backup, settle_restored
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.jobs import Job
from groupware.kernel.markup import RenderedText
from groupware.notifications.commands.post import send_trial
from groupware.running.commands import drop_jobs, retry_jobs
from meetings.commands.prints import close_feed, open_feed
from tests.audit.test_every_deed import last_entry
from tests.boards.town import board, notice
from tests.boards.town import hall as city_hall
from tests.chat.town import person, room, say
from tests.directory.town import actor
from tests.directory.town import person as citizen
from tests.governance.hall import ids
from tests.governance.hall import town as planning_town
from tests.training.hall import appointed
from tests.training.hall import town as training_town
from training.calendar.leaders import keep_terms

pytestmark = pytest.mark.usefixtures("house")
BETTER = RenderedText("<p>よい</p>", "よい")


def left_since(entry: int) -> list[tuple[str, int]]:
    """The name of each event and who did it."""
    db.end_reading()
    return [(found.event.partition(".")[2], found.actor_id) for found in db.session.scalars(select(Entry).where(Entry.id > entry).order_by(Entry.id))]


def put(model: Any, **values: Any) -> None:
    db.write(lambda: db.unit().connection.execute(update(model).values(**values)))
    db.end_reading()


def test_words_that_the_helper_finishes_and_a_board_that_is_opened_again() -> None:
    people = city_hall()
    keeper = actor(citizen("蓮見 亮介", at="0321", post="主事", roles=("administrator",)))
    at, here = board(), room(keeper)
    said, told = say(keeper, here), notice(people["sender"], at)
    put(Message, slow=True)
    put(Notice, slow=True)
    before = last_entry()
    finish_message(SYSTEM, said.id, BETTER, said.revision)
    finish_notice(SYSTEM, told, BETTER, 1)
    archive_board(keeper, at)
    reopen_board(keeper, at)
    assert left_since(before) == [("MessageRendered", 0), ("NoticeRendered", 0), ("BoardChanged", keeper.user_id), ("BoardChanged", keeper.user_id)]


def test_what_a_section_measures_and_what_is_taken_off_the_roadmap() -> None:
    people = planning_town()
    clerk, steering, measure = people["clerk"], people["steering"], ids()["M03"]
    draft = IndicatorDraft("first", "電子申請の割合", "％", "up", "100", None, "120", None, "", "", "year", None)
    bar = enter_bar(steering, "M03", BarDraft("bar", "様式を見直す", date(2026, 4, 1), date(2027, 3, 31)))
    indicator = enter_indicator(clerk, measure, draft)
    before = last_entry()
    change_indicator(clerk, indicator, draft)
    keep_reading(clerk, indicator, ReadingDraft(2026, 1, "104"))
    take_bar(steering, bar)
    assert left_since(before) == [("IndicatorChanged", clerk.user_id), ("ReadingKept", clerk.user_id), ("BarTaken", steering.user_id)]


def test_what_an_administrator_and_the_console_do() -> None:
    keeper = person("蓮見 亮介", roles=("administrator",))
    row = {"event": "chat.MessagePosted", "body": {}, "owed": [], "state": "dead", "due_at": clock.now(), "attempts": 8, "fence": 0}
    db.write(lambda: db.unit().connection.execute(insert(Job.__table__), [row]))       # type: ignore[arg-type]
    before = last_entry()
    retry_jobs(keeper)
    put(Job, state="dead")
    drop_jobs(keeper)
    send_trial(keeper)
    take_entries(keeper, Sought())
    open_feed(keeper)
    close_feed(keeper)
    begin_backup(SYSTEM, 1)
    settle_restored(SYSTEM, 1)
    mine = ("JobsRetried", "JobsDropped", "TrialSent", "EntriesTaken", "FeedOpened", "FeedClosed")
    assert left_since(before) == [*((name, keeper.user_id) for name in mine), ("BackupBegun", 0), ("HouseRestored", 0)]


def test_a_term_that_begins_because_its_day_has_come() -> None:
    people = training_town()
    day = clock.today() + timedelta(days=7)
    appointed(people, day=day)
    before = last_entry()
    with clock.at(clock.now() + timedelta(days=7)):
        keep_terms()
    assert ("TermMoved", 0) in left_since(before)
