"""What became other words between two texts, line by line."""
from difflib import SequenceMatcher

Line = tuple[str, str]       # ("same" | "gone" | "new", words)


def changed_lines(before: str, after: str) -> list[Line]:
    """Long stretches that stayed the same are left out but for a line around each change."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Line] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found += _context([("same", line) for line in old[a:b]])
        else:
            found += [("gone", line) for line in old[a:b]] + [("new", line) for line in new[c:d]]
    return found


def _context(lines: list[Line]) -> list[Line]:
    return lines if len(lines) <= 3 else [lines[0], ("same", "…"), lines[-1]]
