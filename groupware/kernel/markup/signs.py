"""What a person typed is kept away from the parser and from HTML, and put back at the very end.

``&``, ``<`` and the mention of a person travel as code points which Unicode reserves for a program's own use and which no text may
contain. So the parser never sees a tag, an entity or a name, and all that is typed is shown as it was typed.
"""
import html
import re
from collections.abc import Mapping

AND, LESS, AT, END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
NOBODY = "（不明な人）"

_TOKEN = re.compile(r"<@([0-9]{1,15})>")
_SIGN = re.compile(f"{AT}([0-9]+){END}")
BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
UNWANTED = re.compile(     # controls, halves of surrogate pairs, marks that turn the direction of writing, non-characters
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_RARE = re.compile(UNWANTED.pattern[:-1] + "\t\r\x0b\x0c\x85\xa0\u2028\u2029]")


def clean(text: str) -> str:
    """One kind of line break, no trailing space, no tab, nothing invisible that could mislead a reader or the parser."""
    if _RARE.search(text):
        text = UNWANTED.sub("", BREAK.sub("\n", text)).expandtabs(4).replace("\xa0", " ")
    return "\n".join([line.rstrip() for line in text.split("\n")]).strip("\n")


def mentions(text: str) -> tuple[int, ...]:
    """Ids of the people addressed by ``<@id>``, each once, in the order of the text."""
    return tuple(dict.fromkeys(map(int, _TOKEN.findall(text)))) if "<@" in text else ()


def hide(text: str) -> str:
    if "<" in text:
        text = _TOKEN.sub(f"{AT}\\1{END}", text).replace("<", LESS)
    return text.replace("&", AND)


def as_html(hidden: str, names: Mapping[int, str]) -> str:
    """For HTML in which the hidden signs stand."""
    hidden = hidden.replace(AND, "&amp;").replace(LESS, "&lt;")
    if AT in hidden:
        hidden = _SIGN.sub(lambda found: f'<span class="at" data-user="{int(found[1])}">{html.escape(called(found, names))}</span>', hidden)
    return hidden


def as_text(text: str, names: Mapping[int, str]) -> str:
    """For a text that was never hidden: its mentions by name."""
    return _TOKEN.sub(lambda found: called(found, names), text) if "<@" in text else text


def called(found: re.Match[str], names: Mapping[int, str]) -> str:
    return f"＠{names.get(int(found[1])) or NOBODY}"
