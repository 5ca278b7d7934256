"""What should follow a commit and cannot: it harms neither the command nor another reaction, and is owned up to."""
import pytest

from chat.events import MessagePosted
from groupware.kernel.house import house as the_house
from tests.chat.town import person, room, say


@pytest.mark.usefixtures("house")
def test_a_reaction_that_fails_harms_no_other_and_whoever_was_not_told_is_asked_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    told, owned_up = list[int](), list[bool]()

    def fails(_: MessagePosted) -> None:
        raise ConnectionError

    def hears(event: MessagePosted) -> None:
        told.append(event.message_id)
    owner = person()
    at = room(owner)
    monkeypatch.setitem(the_house.after, MessagePosted, [fails, hears])
    monkeypatch.setattr(the_house, "on_untold", [lambda: owned_up.append(True)])
    said = say(owner, at, "届いていますか")
    assert (told, owned_up, said.plain) == ([said.id], [True], "届いていますか")
