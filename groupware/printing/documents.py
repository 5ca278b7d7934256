"""An A4 document as whoever wants it printed describes it: plain values, so that it can be handed to the child that draws it.

Document("会議録", (fields([("日時", "…")]), heading("1 開会"), text("…"), table(["議題", "頁"], rows, [130, 40])), under="第5回 DX連絡会議")
"""
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """``under`` stands beneath the title, ``foot`` at the left of each page's foot; ``plain``: without the numbers of its pages."""

    title: str
    blocks: tuple[Block, ...]
    under: str = ""
    foot: str = ""
    plain: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def heading(words: str, level: int = 1) -> Block:
    """1 or 2."""
    return {"is": "heading", "text": words, "level": level}


def text(words: str, label: str = "") -> Block:
    """A paragraph whose line breaks are kept; ``label`` stands before it in bold: who said it, 「決定」."""
    return {"is": "text", "text": words, "label": label}


def marked(words: str, label: str) -> Block:
    """What must not be overlooked: with a rule at its side."""
    return {"is": "marked", "text": words, "label": label}


def right(words: str) -> Block:
    """A date, a sender, a seal."""
    return {"is": "right", "text": words}


def centred(words: str, size: int = 11) -> Block:
    return {"is": "centred", "text": words, "size": size}


def fields(pairs: Iterable[tuple[str, str]]) -> Block:
    """名前 and what it is, in two columns; what nobody said stands as 未設定."""
    return {"is": "fields", "rows": [[name, value or "未設定"] for name, value in pairs]}


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Block:
    """``widths`` in millimetres, 170 in all. Its head comes again on each page."""
    return {"is": "table", "columns": list(columns), "rows": [list(map(str, row)) for row in rows], "widths": list(widths)}


def space(millimetres: int = 6) -> Block:
    return {"is": "space", "size": millimetres}


def new_page() -> Block:
    return {"is": "page"}
