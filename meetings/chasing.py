"""Whoever has something to do that is due soon, or late, is told once a day: in working time only. Runs in the helper."""
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM
from groupware.kernel.holidays import is_working_time
from meetings.commands.actions import chase_action
from meetings.commands.inquiries import chase_units
from meetings.queries.inquiries import inquiries_to_chase
from meetings.queries.results import actions_to_chase


def chase() -> None:
    if is_working_time(clock.now()):
        for action_id in actions_to_chase():
            chase_action(SYSTEM, action_id)


def chase_units_that_are_late() -> None:
    if is_working_time(clock.now()):
        for inquiry_id in inquiries_to_chase():
            chase_units(SYSTEM, inquiry_id)
