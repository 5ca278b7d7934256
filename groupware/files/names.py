"""The name a file is shown and saved by: data, never a path. What it is kept by is random."""
import re
import unicodedata
from urllib.parse import quote

NAMELESS = "名前のないファイル"
LONGEST = 180
LONGEST_ENDING = 12

_NOT_SHOWN = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}     # controls, marks that turn the writing round, halves of characters


def display_name(sent: str) -> str:
    """NFC, without folders, without anything invisible; Japanese stays Japanese, full-width stays full-width."""
    seen = "".join(" " if unicodedata.category(c) == "Zs" and c != "　" else c for c in unicodedata.normalize("NFC", sent)
                   if unicodedata.category(c) not in _NOT_SHOWN)
    name = re.split(r"[/\\]", seen)[-1].strip().rstrip(". ")
    return _shortened(name) or NAMELESS


def disposition(kind: str, name: str) -> str:
    """RFC 6266: the name itself in UTF-8; for the programs of long ago only its ending."""
    ending = re.search(r"\.[A-Za-z0-9]{1,10}$", name)
    return f"{kind}; filename=\"file{ending[0] if ending else ''}\"; filename*=UTF-8''{quote(name, safe='')}"


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return name[:LONGEST]
    return f"{stem[:LONGEST - len(ending) - 1]}.{ending}"
