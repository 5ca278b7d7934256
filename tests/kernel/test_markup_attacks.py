"""Nothing a person writes runs in another person's browser, and nothing makes the renderer fall."""
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from groupware.kernel.markup import fence, render, signs
from groupware.kernel.markup.sanitiser import sanitise
from tests.kernel.hostile_markup import ADDRESSES, ATTACKS, BOMBS, MUTATIONS, TAGS

ALLOWED = {
    "p": {"class"}, "br": set(), "hr": set(), "strong": set(), "em": set(), "del": set(), "code": set(), "pre": {"role", "aria-label", "tabindex"},
    "blockquote": set(), "ul": set(), "ol": {"start"}, "li": {"class"}, "a": {"href", "target", "rel"}, "span": {"class", "data-user"},
    "div": {"class", "role", "aria-label", "tabindex"}, "table": set(), "thead": set(), "tbody": set(), "tr": set(), "th": {"align"}, "td": {"align"},
    "input": {"type", "disabled", "checked", "aria-label"}}
CLASSES = {"", "at", "host", "scroll", "heading", "heading minor", "task"}
EMPTY = {"br", "hr", "input"}


class Judge(HTMLParser):
    """Reads HTML as a browser would and notes everything that is not on the list."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        self.found += [f"never closed: {tag}" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            self.open.append(tag)
        self.found += [f"{tag} {name}={value}" for name, value in attrs if not _allowed(tag, name, value or "")]
        if tag not in ALLOWED:
            self.found.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.found.append(f"closed out of order: {tag}")

    def handle_comment(self, data: str) -> None:
        self.found.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.found.append("declaration")

    def unknown_decl(self, data: str) -> None:
        self.found.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.found.append("instruction")


def _allowed(tag: str, name: str, value: str) -> bool:
    if name not in ALLOWED.get(tag, set()):
        return False
    if name == "href":
        return _harmless(value)
    return (name != "class" or value in CLASSES) and (name not in {"data-user", "start"} or (value.isascii() and value.isdigit()))


def _harmless(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme:
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc and "\\" not in address
    return address.startswith("/") and not address.startswith(("//", "/\\")) and parts.netloc == ""


@pytest.mark.parametrize("page", [
    "<script>x</script>", "<p onclick=x>y</p>", "<a href='javascript:x'>y</a>", "<a href='//evil.example'>y</a>", "<a href='https://a@evil.example'>y</a>",
    "<p>open", "<p></div>", "<!-- x -->", "<img src=x>", "<p class=modal>x</p>", "<span data-user='1 x'>y</span>", "<p style=x>y</p>"])
def test_the_judge_sees_what_is_forbidden(page):
    assert Judge(page).found


def test_the_corpus_is_large():
    assert len(set(ATTACKS)) >= 400


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_an_attack_stays_text(attack):
    shown = render(attack, {1: "<b onclick=alert(1)>藤倉</b>", 99: '"><script>alert(1)</script>'})
    assert Judge(shown.html).found == []
    assert render(attack, {1: "<b onclick=alert(1)>藤倉</b>", 99: '"><script>alert(1)</script>'}) == shown
    shown.html.encode()
    shown.plain.encode()


@pytest.mark.parametrize("attack", [*TAGS, *MUTATIONS, *(f'<a href="{address}">x</a>' for address in ADDRESSES)])
def test_the_last_gate_holds_alone(attack):
    assert Judge(sanitise(attack)).found == []


@pytest.mark.parametrize("bomb", BOMBS, ids=[ascii(bomb[:6]) for bomb in BOMBS])
def test_the_fence_lets_no_bomb_reach_the_library(bomb):
    text = signs.clean(bomb)
    assert fence.means_nothing(text) or not fence.is_quick(text)


@pytest.mark.parametrize(("within", "beyond"), [
    ("*a*" + "あ" * 1_997, "*a*" + "あ" * 1_998), ("[" * 200, "[" * 201), ("*" * 200, "*" * 201), ("_" * 200, "_" * 201), ("`" * 200, "`" * 201),
    ("~" * 200, "~" * 201), (">" * 10 + "a", ">" * 11 + "a"), ("> - 1. " * 3 + "> a", "> - 1. " * 3 + "> - a"), ("  " * 9 + "- a", "  " * 10 + "- a"),
    ("- a\n" * 149, "- a\n" * 151), ("|" * 40 + "\n|" * 24, "|" * 40 + "\n|" * 25)], ids=lambda text: ascii(text[:4]))
def test_the_fence_stands_where_it_was_measured(within, beyond):
    assert fence.is_quick(within)
    assert not fence.is_quick(beyond)


def test_raw_html_is_shown_as_it_was_typed():
    assert render("**<b>太字</b>** &amp; <br>").html == "<p><strong>&lt;b&gt;太字&lt;/b&gt;</strong> &amp;amp; &lt;br&gt;</p>"


def test_a_picture_from_elsewhere_is_a_link_and_nothing_is_fetched():
    shown = render("![図](https://evil.example/pixel.png)").html
    assert "<img" not in shown
    assert 'href="https://evil.example/pixel.png"' in shown


def test_the_host_stands_beside_words_that_name_another():
    shown = render("[https://bank.example](https://evil.example/login)")
    assert "（evil.example）" in shown.plain


def test_marks_that_turn_the_direction_of_writing_are_taken_out():
    assert render("請求書\u202excod.exe **x**").plain == "請求書xcod.exe x"
