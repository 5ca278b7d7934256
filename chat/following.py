"""Rooms that follow the organisation: looked at after every change of people, and once a day for the dates that come."""
from chat.commands.rooms import follow_rules
from chat.queries.members import rooms_with_rules
from groupware.kernel.actor import SYSTEM


def follow_all() -> None:
    for room_id in rooms_with_rules():
        follow_rules(SYSTEM, room_id)
