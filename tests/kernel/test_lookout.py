"""When the helper looks for work."""
import threading

import pytest

from groupware.kernel import lookout
from groupware.kernel.lookout import Lookout, work_whenever
from tests.chat.town import person


@pytest.mark.usefixtures("house")
def test_there_is_something_new_when_somebody_has_written_and_after_a_while_anyhow(monkeypatch: pytest.MonkeyPatch) -> None:
    post = Lookout()
    assert [post.something_new(), post.something_new()] == [True, False]
    person()
    assert [post.something_new(), post.something_new()] == [True, False]
    monkeypatch.setattr(lookout, "ANYHOW", 0)
    post.anyhow_at = 0.0
    assert post.something_new()


@pytest.mark.usefixtures("house")
def test_as_long_as_there_was_something_to_do_one_looks_again_at_once() -> None:
    stop, left = threading.Event(), [3, 2, 1, 0]

    def look() -> int:
        if len(left) == 1:
            stop.set()
        return left.pop(0)
    work_whenever(look, stop, pause=60)
    assert left == []
