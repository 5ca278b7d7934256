"""Days as people of a city hall write them."""
from datetime import UTC, date, datetime

import pytest

from groupware.kernel import clock
from groupware.kernel.dates import read_date

AUTUMN = datetime(2026, 10, 15, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["令和8年10月20日", "令和８年１０月２０日（火）", "R8.10.20", "r8/10/20", "Ｒ８．１０．２０", "2026/10/20",
                                  "2026-10-20", "2026年10月20日", "20261020", "10/20", "10月20日", " 10月20日（火） ", "令和8年10月20日火曜日"])
def test_one_day_is_written_in_many_ways(text: str) -> None:
    with clock.at(AUTUMN):
        assert read_date(text) == date(2026, 10, 20)


@pytest.mark.parametrize("text", ["", "あした", "10/40", "2026/13/1", "令和8年", "R8.2.30", "99999999", "10/20/30/40"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text) is None


def test_the_first_year_of_an_era_is_gannen() -> None:
    assert read_date("令和元年5月1日") == date(2019, 5, 1)
    assert read_date("平成31年4月30日") == date(2019, 4, 30)
    assert read_date("S64.1.7") == date(1989, 1, 7)


def test_without_a_year_the_next_such_day_is_meant() -> None:
    with clock.at(AUTUMN):
        assert read_date("10/15") == date(2026, 10, 15)
        assert read_date("3/31") == date(2027, 3, 31)


def test_a_leap_day_without_a_year_waits_for_a_year_that_has_one() -> None:
    with clock.at(AUTUMN):
        assert read_date("2/29") == date(2028, 2, 29)
