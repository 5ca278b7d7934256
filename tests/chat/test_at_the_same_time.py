"""Two commands in one room at the same moment, which only PostgreSQL knows: the second is judged by what the first leaves behind."""
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import text

from chat.commands.messages import delete_message, edit_message, post_message, press_stamp, reply_message
from chat.commands.rooms import add_members, archive_room, remove_member
from chat.forms import EditDraft
from groupware.kernel import db
from groupware.kernel.errors import Forbidden, NotFound
from tests.chat.town import draft, message, person, room, say, the_room
from tests.conftest import InProcess, build_house
from tests.support.waiting import until


@pytest.fixture(autouse=True)
def house_on_postgresql(emptied_postgres: str, tmp_path: Path) -> Iterator[InProcess]:
    yield from build_house(tmp_path, emptied_postgres)


def behind(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What becomes of ``second``, which began while ``first`` was done but not yet committed."""
    app: Flask = current_app._get_current_object()      # type: ignore[attr-defined]

    def in_a_thread() -> Any:
        with app.app_context():
            try:
                return second()
            finally:
                db.forget_reading()

    def in_one_transaction() -> Future[Any]:
        first()
        begun = threads.submit(in_a_thread)
        until(lambda: begun.done() or _somebody_waits(), 10, "the second waits for the first")
        return begun
    with ThreadPoolExecutor(1) as threads:
        return db.write(in_one_transaction).result(10)


def _somebody_waits() -> bool:
    return bool(db.unit().connection.scalar(text("select count(*) from pg_locks where not granted")))


def test_whoever_is_removed_writes_nothing_behind_the_removal() -> None:
    owner, member = person(), person("柏木 真帆")
    room_id = room(owner, member)
    said = say(member, room_id)
    acts: tuple[Callable[[], Any], ...] = (
        lambda: post_message(member, room_id, draft()), lambda: reply_message(member, said.id, draft()), lambda: press_stamp(member, said.id, "承知"),
        lambda: edit_message(member, said.id, EditDraft.parse({"text": "直し", "revision": 1})), lambda: delete_message(member, said.id))
    for act in acts:
        with pytest.raises(NotFound):
            behind(lambda: remove_member(owner, room_id, member.user_id), act)
        add_members(owner, room_id, (member.user_id,))
    assert the_room(room_id).last_seq == 1
    assert message(said.id).body == said.body


def test_nothing_is_said_behind_the_archiving() -> None:
    owner, member = person(), person("柏木 真帆")
    room_id = room(owner, member)
    with pytest.raises(Forbidden):
        behind(lambda: archive_room(owner, room_id), lambda: post_message(member, room_id, draft()))
    assert the_room(room_id).last_seq == 0


def test_what_was_taken_back_is_not_corrected_behind_it() -> None:
    owner, member = person(), person("柏木 真帆")
    said = say(member, room(owner, member))
    with pytest.raises(Forbidden):
        behind(lambda: delete_message(owner, said.id), lambda: edit_message(member, said.id, EditDraft.parse({"text": "直し", "revision": 1})))
    assert (message(said.id).body, bool(message(said.id).deleted_at)) == ("", True)
