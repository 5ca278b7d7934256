"""What people write, as HTML: Markdown rendered in place when that is quick, in a killable child when it is not, plain text otherwise."""
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from groupware.kernel.child import Child
from groupware.kernel.markup import dialect, fence, signs
from groupware.kernel.markup.links import with_links
from groupware.kernel.markup.sanitiser import sanitise
from groupware.kernel.markup.signs import mentions

__all__ = ["RenderedText", "mentions", "plain_text", "render", "render_slowly"]

BUDGET = 0.25               # seconds of a child for one text
NAMES: Mapping[int, str] = MappingProxyType({})

_LINE = re.compile(r"</?(?:p|li|ul|ol|tr|pre|blockquote|hr|br)\b[^>]*>")
_CELL = re.compile(r"</t[hd]>")
_TAG = re.compile(r"<[^>]*>")
_GAP = re.compile(r" *\n[\n ]*")
_child = Child("groupware.kernel.markup.child")


@dataclass(frozen=True, slots=True)
class RenderedText:
    """``html`` is safe to show. ``slow``: this is only the plain text, ``render_slowly`` may do better. ``plain``: for search and previews."""

    html: str
    plain: str
    slow: bool = False
    mentions: tuple[int, ...] = ()


def render(text: str, names: Mapping[int, str] = NAMES) -> RenderedText:
    """At once, whatever the text. ``names``: of the people mentioned, by id; who is missing is shown as unknown."""
    text = signs.clean(text)
    hidden = signs.hide(text)
    if fence.means_nothing(text):
        return RenderedText(_as_typed(hidden, names), signs.as_text(text, names), mentions=mentions(text))
    if fence.is_quick(text):
        return _rendered(dialect.convert(hidden), text, names)
    return RenderedText(_as_typed(hidden, names), signs.as_text(text, names), slow=True, mentions=mentions(text))


def render_slowly(text: str, names: Mapping[int, str] = NAMES, budget: float = BUDGET) -> RenderedText | None:
    """For the helper process: in a child which is killed after ``budget`` seconds. None: it stays plain text for good."""
    text = signs.clean(text)
    converted = _child.ask(signs.hide(text), budget)
    return None if converted is None else _rendered(converted, text, names)


def plain_text(text: str, names: Mapping[int, str] = NAMES) -> str:
    """The words without the Markdown."""
    return render(text, names).plain


def _as_typed(hidden: str, names: Mapping[int, str]) -> str:
    """Escaped, with paragraphs, line breaks, bare links and mentions."""
    paragraphs = re.split(r"\n\n+", hidden.replace(">", "&gt;")) if hidden else ()
    linked = "".join([f"<p>{with_links(paragraph)}</p>" for paragraph in paragraphs]).replace("\n", "<br>")
    safe = signs.as_html(linked, names)
    return sanitise(safe) if "<a " in safe else safe


def _rendered(converted: str, text: str, names: Mapping[int, str]) -> RenderedText:
    safe = sanitise(signs.as_html(converted, names))
    return RenderedText(safe, _words(safe), mentions=mentions(text))


def _words(safe: str) -> str:
    """The text of sanitised HTML, in which every ``<`` begins a tag."""
    words = _TAG.sub("", _CELL.sub(" ", _LINE.sub("\n", safe)))
    return html.unescape(_GAP.sub("\n", words)).strip("\n ")
