"""How an entry lies in a Whoosh index: the tokens as bare terms, a few numbers in one column, the text stored."""
import struct
from collections.abc import Iterable, Iterator

from whoosh import columns, fields, formats
from whoosh.codec.whoosh3 import W3Codec

from groupware.search.entries import Entry, number

FACTS = struct.Struct("<QqIqI")      # audience, at, kind, id, part
BLOCK = 1_024                        # postings that are read together


class Terms(fields.FieldType):
    """Words that are there or not; neither counted nor scored."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def index(self, value: Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        return ((word.encode(), 1, 1.0, b"") for word in value)

    def to_bytes(self, value: bytes) -> bytes:
        return value


SCHEMA = fields.Schema(ref=Terms(), tokens=Terms(), facts=fields.COLUMN(columns.FixedBytesColumn(FACTS.size)), kept=fields.STORED())


def codec() -> W3Codec:
    return W3Codec(blocklimit=BLOCK, compression=1)


def row(entry: Entry) -> dict[str, object]:
    facts = FACTS.pack(number(entry.audience), entry.at, kind_number(entry.ref.kind), entry.ref.id, entry.part)
    return {"ref": (str(entry.ref),), "tokens": entry.tokens, "facts": facts, "kept": (str(entry.ref), entry.part, entry.version, entry.text)}


def kind_number(kind: str) -> int:
    return number(kind) & 0xFFFFFFFF
