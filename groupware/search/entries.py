"""A document made ready for an index: folded, cut into tokens, with a number that changes whenever anything of it does."""
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from hashlib import blake2b

from groupware.kernel.findable import Document
from groupware.kernel.ref import Ref
from groupware.search.analysis import ANALYSIS, folded, tokens

LONGEST = 200_000       # characters of one part; no page and no post comes near
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """``text``: the folded title, a line break, the folded body. ``at``: microseconds since 1970."""

    ref: Ref
    part: int
    audience: str
    at: int
    labels: tuple[str, ...]
    text: str
    version: int

    @cached_property
    def tokens(self) -> set[str]:
        return tokens(self.text) | set(self.labels)


def entry(document: Document) -> Entry:
    labels = (*document.labels, *([f"from:{document.author_id}"] if document.author_id else []))
    text = f"{folded(document.title)}\n{folded(document.body[:LONGEST])}"
    return Entry(document.ref, document.part, document.audience, microseconds(document.at), labels, text, version_of(document))


def version_of(document: Document) -> int:
    """Another one whenever anything of the document, or of how it is read, is another one."""
    said = (ANALYSIS, str(document.ref), document.part, document.audience, microseconds(document.at), document.labels, document.author_id,
            document.title, document.body)
    return number.__wrapped__(repr(said))


def microseconds(moment: datetime) -> int:
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1_000_000, UTC)


@lru_cache(maxsize=20_000)
def number(text: str) -> int:
    """A stable one of 63 bits."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1
