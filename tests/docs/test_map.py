"""The map of the house says what the house is. It is drawn anew by ``make map``."""
import pytest

from tests.conftest import InProcess
from tools.map import PLACE, page


@pytest.mark.long
def test_the_map_is_that_of_the_house(house: InProcess) -> None:
    assert PLACE.read_text() == page(house.app), "make map"


def test_every_door_and_every_command_can_be_drawn(house: InProcess) -> None:
    drawn = page(house.app)
    assert all(words in drawn for words in ("| `post_message` |", "`MessagePosted`", "POST `/files`", "| `chat.here` | ソケット |"))
