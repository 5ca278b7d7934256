"""One parser per draft, used by both doors. Markdown is rendered here, before the transaction."""
import re
from dataclasses import dataclass, field
from typing import Any, Self

from chat.models import KINDS, STAMPS
from chat.permissions import CREATABLE
from groupware.directory.queries import all_units, people_cards
from groupware.kernel.errors import Invalid
from groupware.kernel.given import clean, files, line, words
from groupware.kernel.markup import RenderedText, mentions, render

LONGEST = 10_000
LONGEST_NAME = 60
LONGEST_PURPOSE = 300
MOST_FILES = 10
MOST_NAMES = 50
CLIENT_KEY = re.compile(r"[0-9A-Za-z_-]{8,64}")


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """``key`` is the client's, for ever unique: a retry with the same key is answered with the first message."""

    key: str
    body: str
    rendered: RenderedText
    mentioned: tuple[int, ...] = ()
    files: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: dict[str, Any]) -> Self:
        """Raises Invalid with a sentence for whatever a client may send."""
        body, files = _body(data.get("text", "")), _files(data.get("files") or [])
        if not body.strip() and not files:
            raise Invalid(text="本文を書いてください。")
        names = _names(body)
        return cls(_key(data.get("key")), body, render(body, names), tuple(names), files)


@dataclass(frozen=True, slots=True)
class EditDraft:
    """``revision`` is the one the person was looking at."""

    body: str
    rendered: RenderedText
    revision: int
    mentioned: tuple[int, ...] = ()

    @classmethod
    def parse(cls, data: dict[str, Any]) -> Self:
        body = _body(data.get("text", ""))
        if not body.strip():
            raise Invalid(text="本文を書いてください。消すときは「取り消す」を使ってください。")
        names = _names(body)
        return cls(body, render(body, names), _whole(data.get("revision")), tuple(names))


@dataclass(frozen=True, slots=True)
class RoomDraft:
    name: str
    kind: str
    purpose: str = ""
    measure: str | None = None
    people: tuple[int, ...] = ()
    units: tuple[tuple[int, bool], ...] = field(default=())

    @classmethod
    def parse(cls, data: dict[str, Any]) -> Self:
        kind = data.get("kind")
        if kind not in CREATABLE:
            raise Invalid(kind="部屋の種類を選んでください。")
        return cls(_name(data), kind, _purpose(data), data.get("measure") or None,
                   numbers(data.get("people")), whole_units(data.get("units")))


def room_words(data: dict[str, Any]) -> tuple[str, str]:
    """Name and purpose of an existing room."""
    return _name(data), _purpose(data)


def stamp_of(data: dict[str, Any]) -> str:
    stamp = data.get("stamp")
    if stamp not in STAMPS:
        raise Invalid("その印はありません。")
    return stamp


def numbers(value: object) -> tuple[int, ...]:
    """Ids from a form (texts) or a socket (numbers)."""
    texts = [str(item) for item in value] if isinstance(value, list | tuple) else []
    if not all(text.isascii() and text.isdigit() and len(text) < 16 for text in texts):
        raise Invalid("選ばれた人を読み取れません。")
    return tuple(dict.fromkeys(int(text) for text in texts))


def whole_units(value: object) -> tuple[tuple[int, bool], ...]:
    """(unit, with all below it) of the units chosen. Raises Invalid for one that does not exist today."""
    chosen = numbers(value)
    if set(chosen) - {unit.id for unit in all_units()}:
        raise Invalid(units="選ばれた組織が見つかりません。選び直してください。")
    return tuple((unit, True) for unit in chosen)


def kind_label(kind: str) -> str:
    return KINDS[kind]


def _body(value: object) -> str:
    if not isinstance(value, str):
        raise Invalid(text="本文を読み取れません。")
    text = clean(value)
    if len(text) > LONGEST:
        raise Invalid(text=f"本文は{LONGEST:,}字までです（いま{len(text):,}字）。分けて書くか、ファイルで付けてください。")
    return text.rstrip()


def _key(value: object) -> str:
    if not isinstance(value, str) or not CLIENT_KEY.fullmatch(value):
        raise Invalid(key="送信の番号を読み取れません。画面を読み込み直してください。")
    return value


def _files(value: object) -> tuple[str, ...]:
    return files(value if isinstance(value, list | tuple) else (value,), MOST_FILES)


def _names(body: str) -> dict[int, str]:
    ids = mentions(body)
    if len(ids) > MOST_NAMES:
        raise Invalid(text=f"一つの投稿で宛てられるのは{MOST_NAMES}人までです。部屋の全員に読んでほしいときは、宛てずに書いてください。")
    return {card.id: card.name for card in people_cards(ids).values()} if ids else {}


def _name(data: dict[str, Any]) -> str:
    return line(data, "name", "部屋の名前を書いてください。", LONGEST_NAME)


def _purpose(data: dict[str, Any]) -> str:
    return words(data, "purpose", most=LONGEST_PURPOSE)


def _whole(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:9])
    if isinstance(value, bool) or not isinstance(value, int):
        raise Invalid("どの版を直したのか読み取れません。画面を読み込み直してください。")
    return value
