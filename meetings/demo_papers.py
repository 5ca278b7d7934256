"""The papers of the demo city's sittings, as its own sections would write them. Every person, sum and finding is invented."""
from functools import cache
from pathlib import Path
from typing import Any

from groupware.kernel import json
from groupware.printing.documents import Document, heading, text

WRITTEN = Path(__file__).parent / "demo" / "papers.json"


def paper(title: str) -> Document:
    """By its title; one that nobody wrote there is a sheet of its own."""
    found = _written().get(title)
    if found is None:
        return Document(title, (heading("1 趣旨"), text(f"{title}について、次のとおり報告します。")))
    return Document(found["title"], tuple(found["blocks"]), under=found["under"], foot=title)


@cache
def _written() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(WRITTEN.read_bytes())
    return told
