"""Night, holidays, leave: when something may reach a person. Pure arithmetic, and two stories with the clock set."""
from datetime import date, datetime, timedelta

import pytest

from groupware.kernel.clock import JST
from groupware.kernel.holidays import is_closed, is_holiday, is_working_time
from groupware.notifications.quiet import Hours, may_reach_at, next_digest

USUAL = Hours()
ON_LEAVE = Hours(leave_from=date(2026, 10, 14), leave_to=date(2026, 10, 20))
ALWAYS = Hours(nights=False, holidays=False)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=JST)


@pytest.mark.parametrize(("hours", "now", "reached"), [
    (USUAL, "2026-10-15 10:12", "2026-10-15 10:12"),            # by day
    (USUAL, "2026-10-15 18:59", "2026-10-15 18:59"),
    (USUAL, "2026-10-15 19:00", "2026-10-16 07:30"),            # at night: next morning
    (USUAL, "2026-10-16 02:00", "2026-10-16 07:30"),
    (USUAL, "2026-10-16 21:00", "2026-10-19 07:30"),            # Friday night: Monday
    (USUAL, "2026-10-17 10:00", "2026-10-19 07:30"),            # Saturday
    (USUAL, "2026-11-02 20:00", "2026-11-04 07:30"),            # before 文化の日
    (USUAL, "2026-12-28 20:00", "2027-01-04 07:30"),            # the turn of the year
    (USUAL, "2026-09-18 20:00", "2026-09-24 07:30"),            # 敬老の日, 国民の休日, 秋分の日 after a weekend
    (ON_LEAVE, "2026-10-14 10:00", "2026-10-21 07:30"),         # on leave, its last day included
    (ALWAYS, "2026-10-17 23:00", "2026-10-17 23:00"),
    (Hours(nights=False), "2026-10-16 23:00", "2026-10-16 23:00"),
    (Hours(holidays=False), "2026-10-17 23:00", "2026-10-18 07:30"),
])
def test_it_reaches_when_the_quiet_time_is_over(hours: Hours, now: str, reached: str) -> None:
    assert may_reach_at(hours, at(now)) == at(reached)


@pytest.mark.parametrize(("hours", "now", "morning"), [
    (USUAL, "2026-10-15 08:00", "2026-10-15 08:30"), (USUAL, "2026-10-15 08:30", "2026-10-16 08:30"),
    (USUAL, "2026-10-16 12:00", "2026-10-19 08:30"), (ON_LEAVE, "2026-10-13 12:00", "2026-10-21 08:30"),
    (Hours(night_to=600), "2026-10-15 12:00", "2026-10-16 10:00")])
def test_the_digest_goes_out_on_the_next_morning_one_is_there(hours: Hours, now: str, morning: str) -> None:
    assert next_digest(hours, at(now)) == at(morning)


def test_in_any_hour_of_two_years_it_reaches_soon_and_never_in_quiet_time() -> None:
    now = at("2026-01-01 00:00")
    while now < at("2028-01-01 00:00"):
        reached = may_reach_at(USUAL, now)
        minute = reached.astimezone(JST).hour * 60 + reached.astimezone(JST).minute
        assert now <= reached <= now + timedelta(days=11)
        assert not is_closed(reached.astimezone(JST).date())
        assert USUAL.night_to <= minute < USUAL.night_from
        now += timedelta(hours=7)


@pytest.mark.parametrize(("moment", "working"), [
    ("2026-10-14 08:29", False), ("2026-10-14 08:30", True), ("2026-10-14 17:15", True), ("2026-10-14 17:16", False),
    ("2026-10-17 10:00", False), ("2026-11-03 10:00", False), ("2026-12-29 10:00", False)])
def test_people_are_asked_things_on_open_days_between_half_past_eight_and_a_quarter_past_five(moment: str, working: bool) -> None:
    """One answer for everybody who reminds."""
    assert is_working_time(at(moment)) is working


def test_the_holidays_are_those_of_the_calendar() -> None:
    of_2026 = "1-1 1-12 2-11 2-23 3-20 4-29 5-3 5-4 5-5 5-6 7-20 8-11 9-21 9-22 9-23 10-12 11-3 11-23"
    of_2027 = "1-1 1-11 2-11 2-23 3-21 3-22 4-29 5-3 5-4 5-5 7-19 8-11 9-20 9-23 10-11 11-3 11-23"
    for year, expected in ((2026, of_2026), (2027, of_2027)):
        found = [day for number in range(365) if is_holiday(day := date(year, 1, 1) + timedelta(days=number))]
        assert " ".join(f"{day.month}-{day.day}" for day in found) == expected
