"""How moments and sizes stand on a page, seen from 15 October 2026 in Japan."""
from collections.abc import Iterator
from datetime import datetime

import pytest

from groupware.kernel import clock
from groupware.ui.words import due, file_size, jst_day, moment, when


@pytest.fixture(autouse=True)
def on_a_thursday_noon() -> Iterator[None]:
    with clock.at(at(2026, 10, 15, 12)):
        yield


def at(*moment_in_japan: int) -> datetime:
    return datetime(*moment_in_japan, tzinfo=clock.JST).astimezone()      # type: ignore[misc,arg-type]


def test_today_is_a_time_the_last_days_a_weekday_and_before_that_a_date() -> None:
    assert moment(at(2026, 10, 15, 9, 5)) == "9:05"
    assert moment(at(2026, 10, 14, 16, 20)) == "水 16:20"
    assert moment(at(2026, 10, 9, 8, 0)) == "金 8:00"
    assert moment(at(2026, 10, 8, 8, 0)) == "10月8日 8:00"
    assert moment(at(2025, 12, 28, 17, 0)) == "令和7年12月28日 17:00"


def test_a_moment_to_come_never_looks_like_one_that_has_been() -> None:
    assert moment(at(2026, 10, 16, 10, 0)) == "10月16日 10:00"


def test_where_there_is_little_room_the_time_of_other_days_is_left_out() -> None:
    assert [when(at(2026, 10, day, 9)) for day in (15, 14, 1)] == ["9:00", "水", "10月1日"]


def test_the_day_is_japans_not_greenwichs() -> None:
    just_after_midnight = at(2026, 10, 15, 0, 30)
    assert jst_day(just_after_midnight) == "2026-10-15"
    assert moment(just_after_midnight) == "0:30"


def test_until_when_something_is_to_be_done() -> None:
    assert due(at(2026, 10, 15, 17, 15)) == "今日 17時15分"
    assert due(at(2026, 10, 20, 12, 0)) == "10月20日（火）12時"
    assert due(at(2027, 3, 31, 17, 15)) == "令和9年3月31日（水）17時15分"


@pytest.mark.parametrize(("size", "words"), [(0, "0バイト"), (1023, "1023バイト"), (421_888, "412KB"), (1_900_000, "1.8MB"), (52_428_800, "50MB")])
def test_sizes_are_short(size: int, words: str) -> None:
    assert file_size(size) == words
