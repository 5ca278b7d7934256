"""The list costs the same, however many notices there are and however long they are."""
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from boards.queries.lists import OVER, Asked, page_of, waiting_rows
from boards.queries.receipts import badge
from groupware.kernel import db
from tests.boards.town import board, hall, notice, unit

Statement = tuple[str, Any]


@pytest.mark.usefixtures("each_house")
def test_the_list_is_read_along_its_index_and_never_sorted_and_of_no_notice_the_text() -> None:
    people = hall()
    first, second = (notice(people["sender"], here, strength="tell", due_on=None) for here in [board()] for _ in range(2))
    with statements() as asked:
        pages = [page_of(people["clerk"], each) for each in (Asked(), Asked(before=second), Asked(OVER))]
    assert [[row.notice.id for row in page.rows] for page in pages] == [[second, first], [first], []]
    urgent = notice(people["sender"], board(), weight="urgent")
    for sifted, found in ((Asked(weight="urgent"), [urgent]), (Asked(sender="税務課"), [urgent, second, first]), (Asked(sender="市民課"), [])):
        assert [row.notice.id for row in page_of(people["clerk"], sifted).rows] == found
    lists = [(statement, values) for statement, values in asked if "sender_name" in statement]
    assert len(lists) == 3
    assert not [statement for statement, _ in lists for text in ("body", "html", "plain") if f"boards_notice.{text}" in statement]
    if db.session.connection().dialect.name == "sqlite":
        for plan in map(plan_of, lists):
            assert "ORDER BY" not in plan
            assert "ix_boards_notice_up" in plan.splitlines()[0]


@pytest.mark.usefixtures("house")
def test_what_is_left_to_do_is_looked_for_among_what_is_left_alone() -> None:
    people = hall()
    left = notice(people["sender"], board())
    notice(people["sender"], board(), strength="tell", due_on=None, to_below=[str(unit("0320"))])
    with statements() as asked:
        assert [row.notice.id for row in waiting_rows(people["clerk"], 10)] == [left]
        assert db.session.scalar(badge(people["clerk"].user_id)) == 1
    plans = [plan_of(each) for each in asked if "boards_receipt" in each[0]]
    assert ["ix_boards_receipt_left" in plan for plan in plans] == [True, True], plans


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """What is asked meanwhile, with the values it is asked with."""
    asked: list[Statement] = []

    def note(_: Connection, __: object, statement: str, values: Any, *___: object) -> None:
        asked.append((statement, values))
    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plan_of(asked: Statement) -> str:
    statement, values = asked
    return "\n".join(row[-1] for row in db.session.connection().exec_driver_sql(f"explain query plan {statement}", values))
