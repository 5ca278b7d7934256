"""What waits together is told together: however much has piled up, a room is asked about it a few times and no more."""
import pytest

from chat.commands.messages import post_message, press_stamp, reply_message
from chat.models import STAMPS
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.house import house as the_house
from groupware.live.effects import Broadcast, Follow
from tests.chat.town import draft, invite, person, room, say
from tests.support.counting import statements


def seqs(effect: Broadcast) -> list[int]:
    return [message["seq"] for message in effect.payload.get("messages", ())]


@pytest.fixture
def told(house: object, monkeypatch: pytest.MonkeyPatch) -> list[Broadcast | Follow]:
    heard = list[Broadcast | Follow]()
    for effect in (Broadcast, Follow):
        monkeypatch.setitem(the_house.effects, effect, [heard.append])
    return heard


def post_many(owner: Actor, rooms: list[int], many: int) -> list[str]:
    """In one transaction, so that all are told at one moment. What was asked of the database for a ``select``."""
    with statements() as asked:
        db.write(lambda: [post_message(owner, at, draft(f"{number}件目")) for number in range(many) for at in rooms])
    return asked[asked.index(next(each for each in asked if "kernel_job" in each)):]


def changes(effect: Broadcast | Follow) -> list[int]:
    assert isinstance(effect, Broadcast)
    return list(effect.payload.get("changes", [effect.payload["change"]]))


def test_one_change_is_told_as_ever_and_several_in_one_word(told: list[Broadcast]) -> None:
    owner = person()
    at = room(owner)
    told.clear()
    say(owner, at)
    assert "changes" not in told[0].payload
    post_many(owner, [at], 30)
    assert [changes(each) for each in told] == [[2], list(range(3, 23)), list(range(23, 33))]
    assert [seq for each in told for seq in seqs(each)] == list(range(1, 32))
    assert [each.payload["more"] for each in told] == [False] * 3


def test_however_much_has_piled_up_the_questions_stay_few_and_only_the_newest_is_told(told: list[Broadcast]) -> None:
    owner = person()
    rooms = [room(owner), room(owner)]
    few = post_many(owner, rooms, 2)
    told.clear()
    much = post_many(owner, rooms, 101)
    assert len(much) <= len(few) + 2, "as many for 101 as for 2 in a room"
    assert [(each.payload["change"], each.payload["seq"], each.payload["more"]) for each in told] == [(104, 103, True)] * 2


def test_what_is_told_together_is_as_it_is_now(told: list[Broadcast]) -> None:
    owner = person()
    at = room(owner)
    root = say(owner, at, "議題の案です")
    press_stamp(owner, root.id, STAMPS[0])
    told.clear()

    def post_and_stamp() -> None:
        press_stamp(owner, post_message(owner, at, draft("すぐに印が付く")).id, STAMPS[1])
        reply_message(owner, root.id, draft("返信です"))
    db.write(post_and_stamp)
    first, stamped, reply = told[0].payload["messages"]
    assert STAMPS[0] in first["html"], "the root of a reply keeps its stamps"
    assert STAMPS[1] in stamped["html"]
    assert "返信です" in reply["html"]
    assert len(told) == 1


def test_who_comes_in_between_follows_before_what_is_said_afterwards(told: list[Broadcast | Follow]) -> None:
    owner, other = person(), person("柏木 真帆")
    at = room(owner)
    told.clear()

    def post_around_an_invitation() -> None:
        post_message(owner, at, draft("前に"))
        invite(owner, at, other)
        post_message(owner, at, draft("後で"))
    db.write(post_around_an_invitation)
    steps = ["follows" if isinstance(each, Follow) else seqs(each) for each in told]
    assert [step for step in steps if step] == [[1], "follows", [2]]
