"""The pen, and who writes beside it."""
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from groupware.database import HELPER_WAITS
from groupware.kernel import db
from groupware.kernel.engines import engine
from groupware.kernel.events import Fact
from groupware.kernel.writers import PATIENCE, Pen
from tests.conftest import InProcess
from tests.support.processes import ROOT
from tests.support.waiting import until

MANY = 60


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Engine]:
    made = engine(f"sqlite:///{tmp_path / 'pen.db'}", writes=True, waits=0)
    with made.begin() as connection:
        connection.execute(text("create table ours (id integer primary key)"))
        connection.execute(text("create table theirs (id integer primary key)"))
    yield made
    made.dispose()


def pen_for(written: Engine, told: list[list[Fact]] | None = None) -> Pen:
    return Pen(written, lambda *_: None, (told if told is not None else []).append)


def write_one() -> int:
    """How many rows the others had written when it was our turn."""
    db.unit().connection.execute(text("insert into ours default values"))
    return int(db.unit().connection.scalar(text("select count(*) from theirs")) or 0)


def test_the_pen_goes_before_a_helper_that_hardly_pauses(written: Engine) -> None:
    """SQLite's own waiting would let the helper write a dozen times before each of ours."""
    pen = pen_for(written)
    with subprocess.Popen([sys.executable, "-m", "tests.kernel.a_writer", str(written.url.database)], stdin=subprocess.PIPE, cwd=ROOT) as helper:
        until(lambda: pen.run(write_one), 10, "the helper writes")
        before = pen.run(write_one)
        seen = [pen.run(write_one) for _ in range(MANY)][-1] - before
        assert helper.stdin
        helper.stdin.close()
    assert seen < MANY, f"{seen} transactions of the helper went before {MANY} of ours"


def test_a_lock_that_is_never_given_back_is_an_error_and_the_pen_lives_on(written: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groupware.kernel.writers.PATIENCE", 0.05)
    pen, other = pen_for(written), engine(str(written.url), writes=True)
    with other.begin(), pytest.raises(OperationalError, match="locked"):
        pen.run(write_one)
    other.dispose()
    assert pen.run(write_one) == 0


def test_the_helper_waits_longer_for_the_lock_than_any_pen_that_is_always_busy(house: InProcess) -> None:
    assert db.write(lambda: db.unit().connection.exec_driver_sql("pragma busy_timeout").scalar()) == HELPER_WAITS
    assert HELPER_WAITS / 1000 >= 5 * PATIENCE
