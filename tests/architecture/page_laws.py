"""Pages live under a strict CSP on a closed network: nothing inline, nothing from outside."""
import re
from collections.abc import Iterator

from tests.architecture.tree import Tree

OUTSIDE = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}""", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/", re.DOTALL)
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline style": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc\s*=)(?![^>]*application/json)", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}
BLOCKED = {
    "code from text": re.compile(r"\beval\(|\bnew Function\(|document\.write\("),
    "a style attribute": re.compile(r"""setAttribute\(\s*["']style["']"""),
    "HTML from text": re.compile(r"\.(?:innerHTML|outerHTML)\s*=[^=]"),
}
HTML_FROM_TEXT = {      # path of a script: whose HTML it is, and why it is safe
    "chat/static/chat/partials.js": "the partials of chat/templates, sanitised by kernel.markup",
}


def pages_hold_nothing_inline(tree: Tree) -> Iterator[str]:
    yield from _found(tree, (".html",), INLINE)


def scripts_do_what_the_csp_allows(tree: Tree) -> Iterator[str]:
    for line in _found(tree, (".js",), BLOCKED):
        if not (line.endswith("HTML from text") and line.split(":")[0] in HTML_FROM_TEXT):
            yield line


def nothing_comes_from_outside(tree: Tree) -> Iterator[str]:
    yield from _found(tree, (".html", ".css", ".js", ".svg"), {"an address outside of the house": OUTSIDE})


def shared_partials_know_nobody(tree: Tree) -> Iterator[str]:
    """A leading ``_`` marks what is rendered for nobody in particular, also in a broadcast."""
    for path, text in tree.files(".html"):
        if path.rsplit("/", 1)[-1].startswith("_") and "current_user" in COMMENT.sub("", text):
            yield f"{path}: a shared partial knows no current_user"


LAWS = (pages_hold_nothing_inline, scripts_do_what_the_csp_allows, nothing_comes_from_outside, shared_partials_know_nobody)


def _found(tree: Tree, endings: tuple[str, ...], patterns: dict[str, re.Pattern[str]]) -> Iterator[str]:
    """Comments are blanked, not removed, so that the line numbers stay true."""
    for path, text in tree.files(*endings):
        bare = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
        for what, pattern in patterns.items():
            yield from (f"{path}:{bare.count(chr(10), 0, hit.start()) + 1}: {what}" for hit in pattern.finditer(bare))
