"""What kind of line is it? Colleagues leave no blank line between a sentence and a list, so a change of kind is a boundary."""
import re
from collections.abc import Iterator

HEADING = re.compile(r" {0,3}(#{1,6})[ \u3000]+(.*)")
_RULE = re.compile(r" {0,3}([-*_])(?: {0,2}\1){2,} *")
_BULLET = re.compile(r" ?[-*+] ")
_NUMBER = re.compile(r" ?[0-9]{1,3}\. ")
_COLUMNS = re.compile(r" *\|?(?: *:?-+:? *\|)+(?: *:?-+:?)? *")
_PREFIX = re.compile(r"(?: *(?:>|[-*+] |[0-9]{1,9}\. ))*+ *")
_MARK = re.compile(r">|[-*+] |\. ")
_OPENS = re.compile(r"[ >#+-]|[0-9]+\. ")

_MATCHES = {"rule": _RULE.fullmatch, "heading": HEADING.fullmatch, "quote": re.compile(" {0,3}>").match, "bullet": _BULLET.match,
            "number": _NUMBER.match}
ALONE = {"heading", "rule"}
LISTS = {"bullet", "number"}


def split(block: str) -> list[str]:
    """A block without blank lines, cut where the kind of line changes."""
    lines = block.split("\n")
    parts: list[list[str]] = []
    before = ""
    for line, kind in zip(lines, _kinds(lines), strict=True):
        if parts and kind == before and kind not in ALONE:
            parts[-1].append(line)
        else:
            parts.append([line])
        before = kind
    return ["\n".join(part) for part in parts]


def depth(line: str) -> int:
    """How many quotes and lists a line lies in: its marks, and two columns of indent before them count as one."""
    prefix = _PREFIX.match(line)[0]     # type: ignore[index]
    marks = len(_MARK.findall(prefix))
    return marks and marks + (len(line) - len(line.lstrip(" "))) // 2


def opens(line: str) -> bool:
    """Whether the beginning of the line may mean something."""
    return bool(_OPENS.match(line))


def _kinds(lines: list[str]) -> Iterator[str]:
    before = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        before = _kind(line, following, before)
        yield before


def _kind(line: str, following: str, before: str) -> str:
    if before in LISTS and line.startswith("  "):
        return before
    if before == "table" and "|" in line:
        return before
    return _own_kind(line) or ("table" if _heads_table(line, following) else "text")


def _own_kind(line: str) -> str:
    return next((kind for kind, matches in _MATCHES.items() if matches(line)), "")


def _heads_table(line: str, following: str) -> bool:
    return "|" in line and "|" in following and bool(_COLUMNS.fullmatch(following))
