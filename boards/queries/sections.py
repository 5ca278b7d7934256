"""How far the people of the units that somebody heads are with what is on the boards: a few notices, unit by unit."""
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_, select

from boards.models.notices import OPEN, PRESSED, TELL, USUAL, Notice
from boards.models.receipts import Receipt
from boards.queries.receipts import DONE, OPENED, UNREAD
from groupware.directory.queries import UnitNode, unit_tree
from groupware.kernel import clock, db

COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    units: frozenset[int]


@dataclass(frozen=True, slots=True)
class Line:
    """``cells`` are (done, opened, unread): of all, then of each column."""

    notice: Notice
    cells: list[tuple[int, int, int]]


def section_lines(units: frozenset[int], most: int) -> tuple[list[Column], list[Line]]:
    """What is asked and still missing somewhere, the nearest due date first. Three queries."""
    notices = _missing_somewhere(units, most)
    counted = _counted(units, [notice.id for notice in notices])
    columns = [Column("全体", units), *_columns(units)]
    return columns, [Line(notice, [_cell(counted[notice.id], column) for column in columns]) for notice in notices]


def _missing_somewhere(units: frozenset[int], most: int) -> list[Notice]:
    missing = select(Receipt.notice_id).where(Receipt.unit_id.in_(units), Receipt.waiting, Receipt.gone_at.is_(None))
    asked = (select(Notice).where(Notice.id.in_(missing), Notice.state == OPEN, or_(Notice.strength != TELL, Notice.weight != USUAL),
                                  or_(Notice.ends_at.is_(None), Notice.ends_at > clock.now()))
             .order_by(Notice.due_at.is_(None), Notice.due_at, Notice.published_at.desc()).limit(most))
    return list(db.session.scalars(asked))


def _counted(units: frozenset[int], notice_ids: list[int]) -> dict[int, dict[int, dict[str, int]]]:
    state = _state().label("state")
    asked = (select(Receipt.notice_id, Receipt.unit_id, state, func.count()).join(Notice, Notice.id == Receipt.notice_id)
             .where(Receipt.notice_id.in_(notice_ids), Receipt.unit_id.in_(units), Receipt.gone_at.is_(None))
             .group_by(Receipt.notice_id, Receipt.unit_id, state))
    counts: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for notice_id, unit_id, name, number in db.session.execute(asked):
        counts[notice_id][unit_id][name] = number
    return counts


def _state() -> ColumnElement[str]:
    """As ``state_of``, for several notices at once."""
    done = case((Notice.strength.in_(PRESSED), Receipt.confirmed >= Notice.asked), else_=Receipt.opened_at.is_not(None))
    return case((done, DONE), (Receipt.opened_at.is_not(None), OPENED), else_=UNREAD)


def _columns(units: frozenset[int]) -> list[Column]:
    """The units next below the highest that is headed; of many the first few."""
    tops = [node for root in unit_tree() for node in root.walk() if node.id in units and node.parent_id not in units]
    below: list[UnitNode] = [child for top in tops for child in top.children] if len(tops) == 1 else tops
    return [Column(node.name, frozenset(each.id for each in node.walk())) for node in below[:COLUMNS]]


def _cell(counts: dict[int, dict[str, int]], column: Column) -> tuple[int, int, int]:
    def total(state: str) -> int:
        return sum(states.get(state, 0) for unit_id, states in counts.items() if unit_id in column.units)
    return total(DONE), total(OPENED), total(UNREAD)


