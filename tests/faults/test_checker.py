"""The judge of `make faults` sees each kind of harm in a history made by hand, and nothing in a good one."""
from copy import deepcopy
from typing import Any

import pytest

from tests.faults.checker import KINDS, judge

Line = dict[str, Any]
ROOM, WRITER, GONE = 1, 10, 20
BOOK: list[Line] = [
    {"what": "acked", "at": 1.0, "who": WRITER, "room": ROOM, "key": "k1", "text": "t10-1t 一", "id": 100, "seq": 1, "change": 1},
    {"what": "acked", "at": 2.0, "who": WRITER, "room": ROOM, "key": "k2", "text": "t10-2t 二", "id": 101, "seq": 2, "change": 3},
    {"what": "invites", "at": 0.1, "who": GONE, "room": ROOM},
    {"what": "removed", "at": 1.5, "who": GONE, "room": ROOM},
    {"what": "heard", "at": 1.1, "who": GONE, "room": ROOM, "change": 1, "words": ["t10-1t"]},
    {"what": "probed", "at": 1.9, "who": GONE, "room": ROOM, "door": "page", "began": 1.8, "opened": False},
    {"what": "shown", "at": 3.0, "who": WRITER, "room": ROOM, "screen": [[1, 100, 1, "t10-1t"], [2, 101, 3, "t10-2t"]]},
]
DATABASE: list[Line] = [
    {"what": "message", "id": 100, "room": ROOM, "seq": 1, "changed": 1, "author": WRITER, "key": "k1", "body": "t10-1t 一", "root": None},
    {"what": "message", "id": 101, "room": ROOM, "seq": 2, "changed": 3, "author": WRITER, "key": "k2", "body": "t10-2t 二", "root": None},
    {"what": "room", "id": ROOM, "last_seq": 2, "last_change": 3},
    *({"what": what, "event": "chat.MessagePosted", "event_body": {
        "message_id": number, "room_id": ROOM, "change": change, "seq": seq, "author_id": WRITER, "mentioned": []}, "state": "done", "id": number}
      for what in ("entry", "job") for number, seq, change in ((100, 1, 1), (101, 2, 3))),
    {"what": "entry", "event": "chat.MemberRemoved", "event_body": {"room_id": ROOM, "user_id": GONE, "change": 2}},
]


def test_of_a_good_history_nothing_is_said() -> None:
    assert _counts() == dict.fromkeys(KINDS, 0)


@pytest.mark.parametrize(("harm", "kind"), [
    (lambda book, held: held.pop(1), "lost"),
    (lambda book, held: held[1].update(body="t10-2t 別のこと"), "lost"),
    (lambda book, held: held[1].update(seq=3), "lost"),
    (lambda book, held: held.remove(next(row for row in held if row["what"] == "job")), "lost"),
    (lambda book, held: book.append({"what": "edited", "at": 2.5, "who": WRITER, "id": 100, "text": "直した文"}), "lost"),
    (lambda book, held: held[4]["event_body"].update(mentioned=[GONE]) or held[5].update(event_body=held[4]["event_body"]), "lost"),
    (lambda book, held: held.append({**held[1], "id": 102, "seq": 3, "key": "k3"}), "duplicate"),
    (lambda book, held: held.append(deepcopy(next(row for row in held if row["what"] == "entry"))), "duplicate"),
    (lambda book, held: held.extend([{"what": "notice", "who": GONE, "about": "chat.message:100"}] * 2), "duplicate"),
    (lambda book, held: book.append({"what": "doubled", "at": 2.5, "who": WRITER, "room": ROOM, "seq": 1, "one": [1], "other": [2]}), "duplicate"),
    (lambda book, held: held[2].update(last_seq=3), "gap"),
    (lambda book, held: (held[0].update(body=held[1]["body"]), held[1].update(body="t10-1t 一")), "gap"),
    (lambda book, held: book[-1]["screen"].pop(), "gap"),
    (lambda book, held: book[-1]["screen"][0].__setitem__(2, 0), "gap"),
    (lambda book, held: book.append({"what": "late", "at": 2.5, "after": "kill_redis", "windows": [[WRITER, ROOM, 1, 3]]}), "gap"),
    (lambda book, held: book.append({"what": "heard", "at": 2.2, "who": GONE, "room": ROOM, "change": 3, "words": []}), "leaked"),
    (lambda book, held: book[5].update(opened=True), "leaked"),
    (lambda book, held: held.append({"what": "entry", "event": "chat.MessagePosted", "event_body": {
        "message_id": 103, "room_id": ROOM, "change": 3, "seq": 3, "author_id": GONE, "mentioned": []}}), "leaked"),
])
def test_each_harm_is_seen_and_counted_where_it_belongs(harm: Any, kind: str) -> None:
    assert _counts(harm)[kind] > 0


def test_what_arrives_while_a_removal_is_still_on_its_way_to_another_process_is_no_leak() -> None:
    def late(book: list[Line], _: list[Line]) -> None:
        book.append({"what": "heard", "at": 2.2, "who": GONE, "room": ROOM, "change": 3, "words": []})
    assert _counts(late, grace=1.0)["leaked"] == 0


def _counts(harm: Any = None, grace: float = 0) -> dict[str, int]:
    book, held = deepcopy(BOOK), deepcopy(DATABASE)
    if harm:
        harm(book, held)
    verdict = judge(book, held, grace)
    return {kind: verdict.count(kind) for kind in KINDS}
