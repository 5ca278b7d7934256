"""A child answers, or is gone; its parent goes on either way."""
import os

import pytest

from groupware.kernel.child import Child


@pytest.fixture
def child():
    child = Child("tests.kernel.a_child")
    yield child
    child.stop()


def test_it_answers_one_question_after_another(child):
    assert child.ask({"say": "こんにちは"}, 20) == "こんにちは"
    first = child.ask({"who": True}, 20)
    assert child.ask({"who": True}, 20) == first


def test_a_child_that_takes_too_long_is_killed_and_replaced(child):
    first = child.ask({"who": True}, 20)
    assert child.ask({"sleep": 60}, 0.05) is None
    assert not _lives(first)
    assert child.ask({"who": True}, 20) != first


def test_a_child_that_dies_is_replaced(child):
    assert child.ask({"die": True}, 20) is None
    assert child.ask({"say": "次"}, 20) == "次"


def test_a_child_that_wants_too_much_memory_says_no(child):
    assert child.ask({"megabytes": 4_000}, 20) is None
    assert child.ask({"say": "次"}, 20) == "次"


def test_a_child_that_falls_says_no_and_goes_on(child):
    first = child.ask({"who": True}, 20)
    assert child.ask({"fall": True}, 20) is None
    assert child.ask({"who": True}, 20) == first


def test_a_long_answer_arrives_whole(child):
    assert len(child.ask({"long": 3_000_000}, 20)) == 3_000_000


def test_it_knows_no_secret_of_its_parent(child, monkeypatch):
    monkeypatch.setenv("SECRET", "geheim")
    assert child.ask({"environment": "SECRET"}, 20) == "-"


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
