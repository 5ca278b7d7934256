"""The helper renders what the door would not, in a child that it may kill."""
import pytest

from groupware.kernel import markup
from groupware.kernel.markup import render, render_slowly

NAMES = {12: "藤倉 美咲"}
PATIENT = 20        # seconds: these tests are about what comes out, not about when


@pytest.fixture(autouse=True)
def _no_child_is_left():
    yield
    markup._child.stop()


def test_a_long_text_is_rendered_in_the_child():
    text = "**長い** <b> <@12>\n" * 300
    assert render(text, NAMES).slow
    shown = render_slowly(text, NAMES, PATIENT)
    assert shown is not None
    assert not shown.slow
    assert shown.html.startswith('<p><strong>長い</strong> &lt;b&gt; <span class="at" data-user="12">＠藤倉 美咲</span><br>')


def test_the_child_says_what_the_door_would_say():
    text = "**太字**\n- 一\n- 二\n\n|a|b|\n|-|-|\n|<@12>|&amp;|"
    assert render_slowly(text, NAMES, PATIENT) == render(text, NAMES)


def test_a_text_over_its_budget_stays_plain_and_the_next_one_is_rendered():
    assert render_slowly("**a** " * 1_600, budget=0.000_001) is None
    shown = render_slowly("**b** ", budget=PATIENT)
    assert shown is not None
    assert shown.html == "<p><strong>b</strong></p>"


def test_what_nobody_could_read_stays_plain():
    assert render_slowly("> " * 5_000, budget=PATIENT) is None


def test_a_table_made_to_grow_stays_plain():
    table = "|a" * 400 + "\n" + "|-" * 400 + "\n" + "|\n" * 500
    assert render_slowly(table, budget=PATIENT) is None
