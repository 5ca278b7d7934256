"""What was typed, cut into pieces. Nothing is a wildcard; a sign that means nothing here is part of the word."""
import re
from collections.abc import Iterator
from dataclasses import dataclass

from groupware.kernel.errors import Invalid

LONGEST, MOST = 400, 16
FROM, IN, KIND, HAS, MEASURE, BEFORE, AFTER, ON = "from", "in", "kind", "has", "measure", "before", "after", "on"
NAMES = {
    "差出人": FROM, "場所": IN, "種類": KIND, "付き": HAS, "施策": MEASURE, "以前": BEFORE, "以後": AFTER, "以降": AFTER, "日付": ON,
    **{name: name for name in (FROM, IN, KIND, HAS, MEASURE, BEFORE, AFTER, ON)}}
JAPANESE = {FROM: "差出人", IN: "場所", KIND: "種類", HAS: "付き", MEASURE: "施策", BEFORE: "以前", AFTER: "以後", ON: "日付"}

_SIGNS = str.maketrans(dict.fromkeys("“”„‟＂「」『』", '"') | {"：": ":", "　": " "})
_PIECE = re.compile(r'(?P<minus>[-－−‐](?=[^\s]))?(?:(?P<name>[^\s:"]{1,8}):\s*(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]*))'
                    r'|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_OR = {"OR", "ＯＲ", "または"}
_STOPS = re.compile("[、。]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """``name``: of the condition, empty for a word. ``either``: this or the piece before it is enough."""

    value: str
    name: str = ""
    unwanted: bool = False
    literal: bool = False
    either: bool = False


def pieces(typed: str) -> list[Piece]:
    """Raises Invalid, with a sentence, for more than anybody means."""
    if len(typed) > LONGEST:
        raise Invalid(q=f"さがす言葉は{LONGEST}文字までにしてください。")
    found = list(_pieces(typed.translate(_SIGNS)))
    if len(found) > MOST:
        raise Invalid(q=f"言葉と条件は、合わせて{MOST}個までにしてください。")
    return found


def typed_from(found: list[Piece]) -> str:
    """The other way round: what one would have typed."""
    return " ".join(("OR " if each.either else "") + _typed(each) for each in found)


def _pieces(typed: str) -> Iterator[Piece]:
    either = False
    for match in _PIECE.finditer(typed):
        if match["word"] in _OR:
            either = True
            continue
        for piece in _read(match):
            yield Piece(piece.value, piece.name, piece.unwanted, piece.literal, either)
            either = False


def _read(match: re.Match[str]) -> Iterator[Piece]:
    unwanted, name = bool(match["minus"]), NAMES.get((match["name"] or "").casefold())
    if name:
        yield Piece(match["quoted"] if match["value"] is None else match["value"], name, unwanted)
    elif match["phrase"] is not None:
        yield Piece(match["phrase"], unwanted=unwanted, literal=True)
    else:
        word = match.group().removeprefix(match["minus"] or "").replace('"', " ")
        yield from (Piece(part, unwanted=unwanted) for part in _STOPS.split(word) if part)


def _typed(piece: Piece) -> str:
    minus, name = "-" if piece.unwanted else "", f"{JAPANESE[piece.name]}:" if piece.name else ""
    quoted = piece.literal or any(map(str.isspace, piece.value)) or (not piece.name and _says_more(piece.value))
    return minus + name + (f'"{piece.value.replace(chr(34), " ")}"' if quoted else piece.value)


def _says_more(word: str) -> bool:
    """Typed without quotes it would be something else."""
    return word in _OR or (":" in word and word.partition(":")[0].casefold() in NAMES)
