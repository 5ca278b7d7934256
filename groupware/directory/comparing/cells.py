"""Cells that hold more, or less, than one field."""
import re

from groupware.directory.models import DEPARTED, ROLES, STATES
from groupware.directory.tables.reading import Line
from groupware.kernel.errors import Invalid
from groupware.kernel.text import fold

SPACE = re.compile(r"\s+")
STATE_WORDS = ({fold(word): state for state, label in STATES.items() for word in (state, label)}
               | {fold("退職"): DEPARTED, fold("任期満了"): DEPARTED})
ROLE_WORDS = {fold(word): role for role, label in ROLES.items() for word in (role, label)}


def full_line(line: Line, number: str) -> Line:
    """氏名 in one cell is parted at the space; the number is the one that was found."""
    cells = dict(line.cells) | {"staff_number": number}
    for whole, first, second in (("full_name", "family", "given"), ("full_kana", "family_kana", "given_kana")):
        if whole in cells and first not in cells:
            cells[first], cells[second] = (*SPACE.split(cells[whole], maxsplit=1), "")[:2]
    return Line(line.number, cells)


def read_state(cell: str) -> str:
    """Raises Invalid."""
    state = STATE_WORDS.get(fold(cell))
    if state is None:
        raise Invalid(state=f"状態「{cell}」を読み取れません（{'、'.join(STATES.values())}）。")
    return state


def read_roles(cell: str) -> set[str]:
    """Raises Invalid."""
    words = [word.strip() for word in re.split(r"[;；、,]", cell) if word.strip()]
    unknown = [word for word in words if fold(word) not in ROLE_WORDS]
    if unknown:
        raise Invalid(roles=f"役割「{unknown[0]}」はありません（{'、'.join(ROLES.values())}）。")
    return {ROLE_WORDS[fold(word)] for word in words}
