"""The list costs the same, however many notices there are."""
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from boards.queries.lists import OVER, Asked, page_of
from groupware.kernel import db
from tests.boards.town import board, hall, notice


@pytest.mark.usefixtures("each_house")
def test_the_list_is_read_along_its_index_and_never_sorted() -> None:
    people = hall()
    first, second = (notice(people["sender"], here, strength="tell", due_on=None) for here in [board()] for _ in range(2))
    asked: list[tuple[str, Any]] = []

    def note(_: Connection, __: object, statement: str, values: Any, *___: object) -> None:
        asked.append((statement, values))
    event.listen(Engine, "before_cursor_execute", note)
    pages = [page_of(people["clerk"], each) for each in (Asked(), Asked(before=second), Asked(OVER))]
    event.remove(Engine, "before_cursor_execute", note)
    assert [[row.notice.id for row in page.rows] for page in pages] == [[second, first], [first], []]
    urgent = notice(people["sender"], board(), weight="urgent")
    for sifted, found in ((Asked(weight="urgent"), [urgent]), (Asked(sender="税務課"), [urgent, second, first]), (Asked(sender="市民課"), [])):
        assert [row.notice.id for row in page_of(people["clerk"], sifted).rows] == found
    if db.session.connection().dialect.name != "sqlite":
        return
    for statement, values in asked:
        plan = [row[-1] for row in db.session.connection().exec_driver_sql(f"explain query plan {statement}", values)] if "html" in statement else []
        assert not [line for line in plan if "ORDER BY" in line], plan
        assert not plan or "ix_boards_notice_up" in plan[0], plan
