"""Whatever is typed: never an error, never a lost word, and the short way says what the long way says."""
import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from groupware.kernel import markup
from groupware.kernel.markup import dialect, fence, render, signs
from tests.kernel.test_markup_attacks import Judge

FRAGMENTS = (
    "> ", "- ", "1. ", "  ", "\n", "\n\n", "a", "*", "**", "_", "`", "~~", "[", "](", "http://a.b", "https://例え.example/",
    "https://ex.jp/a?b=1&c=(d)", "/chat/3/4", ")", "(", "|", "\n-|-\n", "# ", "---", "```\n", "<@1>", "<b>", "&", "&amp;", "!", "\u3000",
    "日本", "。", '"', "'", ">", "\x0b", "\x85", "\xa0", "\x00", "\x02", "\ufdd2", "\ud800", "\r", "\t", ".", ":", "12", "\\",
    "\x02klzzwxh:0000\x03", "🙂", "\u202e", "- [x] ", "<!--")
typed = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
sentences = st.text("市民課からのお知らせです。、「」（）会議は10時に第2会議室でアイウ％！？：～ー・\n　 ", max_size=200)
NAMES = {1: "藤倉 <美咲>"}


@given(typed)
@settings(deadline=None, max_examples=600)
def test_whatever_is_typed_is_shown_safely_and_always_alike(text):
    shown = render(text, NAMES)
    assert Judge(shown.html).found == []
    assert render(text, NAMES) == shown


@given(typed)
@settings(deadline=None, max_examples=600)
def test_the_short_way_gives_what_the_long_way_gives(text):
    text = signs.clean(text)
    if fence.means_nothing(text):
        hidden = signs.hide(text)
        assert markup._as_typed(hidden, NAMES) == markup._rendered(dialect.convert(hidden), text, NAMES).html


@given(sentences)
@settings(deadline=None, max_examples=300)
def test_plain_japanese_loses_no_word(text):
    shown = render(text)
    assert "".join(shown.plain.split()) == "".join(text.split())
    assert "".join(_seen(shown.html).split()) == "".join(text.split())


@given(sentences)
@settings(deadline=None, max_examples=200)
def test_the_long_way_loses_no_word_of_plain_japanese(text):
    assert "".join(_seen(markup._rendered(dialect.convert(signs.hide(signs.clean(text))), text, {}).html).split()) == "".join(text.split())


def _seen(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page))
