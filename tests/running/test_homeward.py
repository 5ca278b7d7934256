"""What was committed goes from SQLite's log into the database beside, and not in the time of who waits for it."""
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from groupware.kernel import db
from groupware.running import homeward
from tests.conftest import InProcess
from tests.support.waiting import until

PAGES = 1_500       # more than SQLite would leave in its log by itself
MUCH = "with recursive n(i) as (select 1 union all select i + 1 from n where i < :pages) insert into heavy select randomblob(3900) from n"


def test_who_commits_much_does_not_bring_it_home_and_the_helper_does(house: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homeward, "OFTEN", 0.05)
    file = Path(str(make_url(house.config.database_url).database))
    with house.app.app_context():
        db.write(lambda: [db.unit().connection.execute(text(said), {"pages": PAGES}) for said in ("create table heavy (load blob)", MUCH)])
        before, stop = file.stat().st_size, Event()
        helper = Thread(target=lambda: _within(house, stop))
        helper.start()
        try:
            until(lambda: file.stat().st_size > before + PAGES * 3_900, 30, "it is in the database")
        finally:
            stop.set()
            helper.join()
        db.write(lambda: db.unit().connection.execute(text("drop table heavy")))


def _within(house: InProcess, stop: Event) -> None:
    with house.app.app_context():
        homeward.bring_home(stop)
