"""What is said in a room: numbered without gaps, once, corrected openly, taken back with a tombstone."""
import pytest
from sqlalchemy import ColumnElement, func, select

from chat.commands.messages import delete_message, edit_message, lift_stamp, post_message, press_stamp
from chat.commands.rooms import archive_room, leave_room, remove_member
from chat.forms import EditDraft, MessageDraft
from chat.models import Message, Reaction, Revision
from chat.queries.history import history_of
from chat.queries.messages import changes_after
from groupware.audit.models import Entry
from groupware.kernel import db, jobs
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from groupware.notifications.models import Notification
from tests.chat.town import adviser, again, answer, draft, invite, message, person, room, say, seat, the_room

pytestmark = pytest.mark.usefixtures("each_house")


def count(thing: type, *where: ColumnElement[bool]) -> int:
    db.end_reading()
    return db.session.scalar(select(func.count()).select_from(thing).where(*where)) or 0


def test_messages_of_a_room_are_numbered_from_one_without_a_gap() -> None:
    owner = person()
    room_id = room(owner)
    assert [say(owner, room_id).seq for _ in range(5)] == [1, 2, 3, 4, 5]
    assert the_room(room_id).last_seq == 5


def test_a_failed_message_leaves_no_gap() -> None:
    owner, stranger = person(), person("大沢 健")
    room_id = room(owner)
    say(owner, room_id)
    with pytest.raises(NotFound):
        post_message(stranger, room_id, draft())
    assert say(owner, room_id).seq == 2


def test_a_retry_with_the_same_key_is_answered_with_the_first_message() -> None:
    owner = person()
    room_id = room(owner)
    first = say(owner, room_id, "一度だけ", key="retry-0001")
    assert [say(owner, room_id, "一度だけ", key="retry-0001").id for _ in range(3)] == [first.id] * 3
    assert count(Message) == 1
    assert count(Entry, Entry.event == "chat.MessagePosted") == 1


def test_the_same_key_with_another_text_is_refused() -> None:
    owner = person()
    room_id = room(owner)
    say(owner, room_id, "最初の文", key="retry-0002")
    with pytest.raises(Conflict):
        say(owner, room_id, "別の文", key="retry-0002")
    assert count(Message) == 1


def test_two_people_may_use_the_same_key() -> None:
    owner, other = person(), person("柏木 真帆")
    room_id = room(owner, other)
    assert say(owner, room_id, key="same-key-1").id != say(other, room_id, key="same-key-1").id


def test_a_stranger_finds_no_closed_room_and_an_adviser_no_open_one() -> None:
    owner, stranger, outsider = person(), person("大沢 健"), adviser()
    closed, open_room = room(owner), room(owner, kind="open")
    for actor, room_id in ((stranger, closed), (outsider, closed), (outsider, open_room)):
        with pytest.raises(NotFound):
            say(actor, room_id)
    assert count(Message) == 0


def test_who_looks_into_an_open_room_must_join_before_writing() -> None:
    owner, visitor = person(), person("大沢 健")
    with pytest.raises(Forbidden):
        say(visitor, room(owner, kind="open"))


def test_a_removed_member_neither_writes_nor_corrects_nor_stamps() -> None:
    owner, gone = person(), person("小野寺 陽太")
    room_id = room(owner, gone)
    said = say(gone, room_id)
    remove_member(owner, room_id, gone.user_id)
    for act in (lambda: say(gone, room_id), lambda: edit_message(gone, said.id, EditDraft.parse({"text": "直す", "revision": 1})),
                lambda: press_stamp(gone, said.id, "承知"), lambda: delete_message(gone, said.id), lambda: answer(gone, said)):
        with pytest.raises(NotFound):
            act()


def test_an_archived_room_is_read_and_not_written() -> None:
    owner = person()
    room_id = room(owner)
    archive_room(owner, room_id)
    with pytest.raises(Forbidden):
        say(owner, room_id)


def test_in_an_announcement_few_post_and_all_may_reply() -> None:
    owner, reader = person(), person("大沢 健")
    room_id = room(owner, reader, kind="announcement")
    told = say(owner, room_id, "全庁の皆さんへ")
    with pytest.raises(Forbidden):
        say(reader, room_id)
    assert answer(reader, told, "承知しました").seq == 2


def test_a_reply_stands_in_the_room_and_counts_in_its_thread() -> None:
    owner = person()
    room_id = room(owner)
    root = say(owner, room_id)
    first = answer(owner, root)
    second = answer(owner, first)
    assert (first.reply_to_id, second.reply_to_id) == (root.id, root.id)
    assert message(root.id).replies == 2
    assert the_room(room_id).last_seq == 3


def test_a_correction_keeps_what_was_said_before() -> None:
    owner = person()
    said = say(owner, room(owner), "3時からです")
    edit_message(owner, said.id, EditDraft.parse({"text": "4時からです", "revision": 1}))
    now = message(said.id)
    assert (now.body, now.revision, now.edited_at is not None) == ("4時からです", 2, True)
    assert [(revision.body, editor) for revision, editor in history_of(now)] == [("3時からです", owner.name)]


def test_a_correction_of_an_old_version_is_refused_and_changes_nothing() -> None:
    owner = person()
    said = say(owner, room(owner), "初めの文")
    edit_message(owner, said.id, EditDraft.parse({"text": "二つめの文", "revision": 1}))
    with pytest.raises(Conflict):
        edit_message(owner, said.id, EditDraft.parse({"text": "古い画面から", "revision": 1}))
    assert message(said.id).body == "二つめの文"


def test_only_the_author_corrects() -> None:
    owner, other = person(), person("柏木 真帆")
    said = say(owner, room(owner, other))
    with pytest.raises(Forbidden):
        edit_message(other, said.id, EditDraft.parse({"text": "書き換え", "revision": 1}))


def test_taking_back_leaves_a_tombstone_and_nothing_of_the_words() -> None:
    owner = person()
    room_id = room(owner)
    said = say(owner, room_id, "間違えた部屋に書きました")
    press_stamp(owner, said.id, "承知")
    delete_message(owner, said.id)
    now = message(said.id)
    assert (now.body, now.html, now.plain, now.deleted_at is not None, now.seq) == ("", "", "", True, 1)
    assert count(Reaction) == 0
    assert "間違えた" not in the_room(room_id).last_line
    assert history_of(now) == []
    assert count(Revision) == 1


def test_a_stamp_is_pressed_once_however_often_it_is_sent() -> None:
    owner = person()
    said = say(owner, room(owner))
    for _ in range(3):
        press_stamp(owner, said.id, "感謝")
    assert count(Reaction) == 1
    for _ in range(2):
        lift_stamp(owner, said.id, "感謝")
    assert count(Reaction) == 0


def test_every_kind_of_change_is_found_after_a_number() -> None:
    owner, other = person(), person("柏木 真帆")
    room_id = room(owner, other)
    said = [say(owner, room_id, f"{n}番") for n in range(4)]
    before = the_room(room_id).last_change
    edit_message(owner, said[0].id, EditDraft.parse({"text": "直した", "revision": 1}))
    delete_message(owner, said[1].id)
    press_stamp(other, said[2].id, "了解")
    reply = answer(other, said[3])
    shown, more = changes_after(the_room(room_id), before)
    assert {each.message.id for each in shown} == {*(each.id for each in said), reply.id}
    assert not more
    assert max(each.message.changed for each in shown) == the_room(room_id).last_change


def test_no_end_of_a_page_falls_between_two_messages_of_one_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reply changes its root too. Whoever asks for what came after the page would never hear of the second."""
    owner = person()
    room_id = room(owner)
    for root in [say(owner, room_id) for _ in range(3)]:
        answer(owner, root)
    for most in range(2, 7):
        monkeypatch.setattr("chat.queries.messages.MOST_CHANGES", most)
        assert all_changes(room_id) == list(range(1, 7))


def all_changes(room_id: int) -> list[int]:
    """The numbers of all messages, read page by page."""
    found, after, more = list[int](), 0, True
    while more:
        shown, more = changes_after(the_room(room_id), after)
        found += [each.message.seq for each in shown]
        after = shown[-1].message.changed
    return sorted(found)


def test_whoever_is_addressed_is_told_once_and_nobody_outside_the_room() -> None:
    owner, member, stranger = person(), person("柏木 真帆"), person("大沢 健")
    room_id = room(owner, member)
    say(owner, room_id, f"<@{member.user_id}> <@{stranger.user_id}> <@{owner.user_id}> お願いします")
    while jobs.drain():
        pass
    db.end_reading()
    assert [(row.user_id, row.reason) for row in db.session.scalars(select(Notification))] == [(member.user_id, "あなた宛て")]


def test_a_correction_tells_only_whom_it_newly_addresses() -> None:
    owner, one, two = person(), person("柏木 真帆"), person("小野寺 陽太")
    said = say(owner, room(owner, one, two), f"<@{one.user_id}> お願いします")
    edit_message(owner, said.id, EditDraft.parse({"text": f"<@{one.user_id}> <@{two.user_id}> お願いします", "revision": 1}))
    while jobs.drain():
        pass
    assert sorted(db.session.scalars(select(Notification.user_id))) == sorted([one.user_id, two.user_id])


def test_the_writer_stays_with_the_words_after_a_transfer() -> None:
    owner = person()
    said = say(owner, room(owner))
    assert (said.author_name, said.author_label) == (owner.name, again(owner.user_id).label)


@pytest.mark.parametrize("data", [
    {}, {"text": ""}, {"text": " \n "}, {"text": 3, "key": "abcdefgh"}, {"text": "x" * 10_001, "key": "abcdefgh"}, {"text": "あ"},
    {"text": "あ", "key": "短い"}, {"text": "あ", "key": "abcdefgh", "files": "x"}, {"text": "あ", "key": "abcdefgh", "files": ["../etc"]},
    {"text": "あ", "key": None}, {"text": "\x00\x01", "key": "abcdefgh"}])
def test_bad_input_is_refused_with_a_sentence(data: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        MessageDraft.parse(data)
    assert refused.value.message.endswith("。") or "）。" in refused.value.message


def test_writing_does_not_make_unseen_messages_seen() -> None:
    owner, other = person(), person("柏木 真帆")
    room_id = room(owner, other)
    for _ in range(3):
        say(owner, room_id)
    say(other, room_id, "見ずに書く")
    assert (seat(room_id, other).read_seq, seat(room_id, other).seen_seq) == (4, 0)


def test_who_left_and_came_back_has_one_seat_and_reads_from_there() -> None:
    owner, other = person(), person("柏木 真帆")
    room_id = room(owner, other)
    say(owner, room_id)
    leave_room(other, room_id)
    say(owner, room_id)
    invite(owner, room_id, other)
    assert (seat(room_id, other).left_at, seat(room_id, other).joined_seq) == (None, 2)
