"""A name is shown as its writer meant it, and leads nowhere."""
import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groupware.files.names import LONGEST, NAMELESS, display_name, disposition


@pytest.mark.parametrize("name", ["報告書.pdf", "令和8年度 予算（案）.xlsx", "髙﨑様分.docx", "ｶﾅ.txt", "①資料.pdf", "．．／etc", "‥", "a．exe",
    "写真 (1).JPG", ".htaccess", "'quote\".pdf"])
def test_a_name_stays_as_it_is(name):
    assert display_name(name) == name


@pytest.mark.parametrize(("sent", "shown"), [
    ("../../etc/passwd", "passwd"), ("..\\..\\windows\\win.ini", "win.ini"), ("C:\\Users\\藤倉\\報告書.pdf", "報告書.pdf"), ("/", NAMELESS),
    ("..", NAMELESS), (".", NAMELESS),
    ("", NAMELESS), (" . ", NAMELESS), ("\x00", NAMELESS), ("a\x00b.pdf", "ab.pdf"), ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
    ("請求書\u202excod.exe", "請求書xcod.exe"),
    ("\u2066a\u2069.pdf", "a.pdf"), ("a\u200b.pdf", "a.pdf"), ("a.pdf . .", "a.pdf"), ("か\u3099.pdf", "が.pdf"), ("\ud800.pdf", ".pdf"),
    ("a\xa0b.pdf", "a b.pdf"), ("\u2028", NAMELESS),
    ("\ue000外字.pdf", "\ue000外字.pdf")])
def test_a_name_loses_what_is_not_a_name(sent, shown):
    assert display_name(sent) == shown


def test_a_long_name_keeps_its_ending():
    assert display_name("あ" * 300 + ".pdf").endswith("あ.pdf")
    assert len(display_name("あ" * 300 + ".pdf")) == LONGEST
    assert len(display_name("a." + "b" * 300)) == LONGEST


@given(st.text(max_size=200))
@settings(deadline=None)
def test_no_name_leads_anywhere(sent):
    name = display_name(sent)
    assert 0 < len(name) <= LONGEST
    assert not re.search(r"[/\\\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", name)
    assert name not in {".", ".."}
    assert display_name(name) == name
    header = disposition("attachment", name)
    assert header.isascii()
    assert re.fullmatch(r"attachment; filename=\"file(\.[A-Za-z0-9]{1,10})?\"; filename\*=UTF-8''[A-Za-z0-9_.~%-]+", header)
    assert unquote(header.partition("UTF-8''")[2]) == name
