from typing import Any

import pytest

from groupware.files import previews
from groupware.kernel.house import house as furnished
from groupware.kernel.retained import Retained
from tests.files.office import Desk


@pytest.fixture
def desk(house: Any, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A feature with things to hang files on stands in the house."""
    desk = Desk()
    monkeypatch.setitem(furnished.cards, "desk.paper", desk.cards)
    monkeypatch.setitem(furnished.retained, "desk.paper", Retained("書類"))
    return desk


@pytest.fixture(autouse=True)
def _no_child_is_left():
    yield
    previews._child.stop()
