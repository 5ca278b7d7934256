"""Every command of the house leaves an entry. Shown by driving: all tests run before ``tests.support.witness``, which lets no transaction pass
without the entries of what was recorded in it, and after a run of all of them names the commands of the map that were never driven.
"""
from dataclasses import MISSING, fields
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import func, select

from groupware.audit.models import Entry
from groupware.audit.writing import write_entries
from groupware.files.permissions import Files
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import EventMissing, command, record
from groupware.kernel.events import Event
from groupware.kernel.house import house as furnished
from tests.chat.town import person, room
from tests.conftest import InProcess
from tests.support.witness import kept_in, troubles
from tools.map import deeds

SAID = "chat.message:7"         # a text that is also the name of a thing


@command(Files.KEEP)
def keep_silence(actor: Actor) -> None:
    """Records nothing."""


@pytest.mark.usefixtures("house")
def test_every_command_of_the_map_leaves_an_event_that_the_house_knows() -> None:
    found = deeds()
    assert len(found) > 150
    assert [deed for deed in found if not deed.events] == []
    assert [deed for deed in found if not deed.permission.value] == []


@pytest.mark.usefixtures("house")
def test_every_event_of_the_house_is_left_by_some_command() -> None:
    left = {event for deed in deeds() for event in deed.events}
    assert sorted(furnished.events.keys() - left) == []


def test_whatever_event_a_command_records_is_one_entry_with_who_what_and_on_what(house: InProcess) -> None:
    actor = person()
    for name, kind in furnished.events.items():
        event = made(kind)
        before = last_entry()
        db.write(partial(record, actor, event))
        db.end_reading()
        entries = db.session.scalars(select(Entry).where(Entry.id > before)).all()
        assert [(entry.event, entry.actor_id, entry.about) for entry in entries] == [(name, actor.user_id, str(event.about))], name


def test_each_command_that_built_the_demo_city_left_what_the_map_says(demo_city: Path, house: InProcess) -> None:
    built = kept_in(demo_city)
    assert len(built.keys() & {f"{deed.package}.{deed.name}" for deed in deeds()}) > 60
    assert [trouble for trouble in troubles(built) if "nobody" not in trouble] == []


def test_an_event_that_is_not_written_down_lets_no_command_pass(house: InProcess) -> None:
    actor = person()
    furnished.before_commit.remove(write_entries)
    with pytest.raises(AssertionError, match="RoomCreated"):
        room(actor)


@pytest.mark.usefixtures("house")
def test_a_command_that_nobody_drives_is_named_and_what_the_map_does_not_know_too() -> None:
    assert len(troubles({})) == len(deeds())
    assert "chat.post_message: ['chat.Stranger'] does not stand in the map" in troubles({"chat.post_message": ["chat.Stranger"]})


def test_a_command_that_records_nothing_is_not_done(house: InProcess) -> None:
    actor = person()
    before = last_entry()
    with pytest.raises(EventMissing):
        keep_silence(actor)
    assert last_entry() == before


def last_entry() -> int:
    db.end_reading()
    return db.session.scalar(select(func.max(Entry.id))) or 0


def made(kind: type[Event]) -> Event:
    """One of these, of plain values."""
    hints = get_type_hints(kind)
    return kind(**{field.name: value_of(hints[field.name]) for field in fields(kind) if field.default in (MISSING, "")})


def value_of(hint: Any) -> Any:
    plain = {int: 7, str: SAID, bool: True, float: 1.0, datetime: clock.now()}
    if get_origin(hint) in {tuple, list, dict}:
        return get_origin(hint)()
    return plain[hint] if hint in plain else value_of(get_args(hint)[0])
