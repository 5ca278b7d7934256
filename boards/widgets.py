"""What waits on the boards, for the first page."""
from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from boards.models.notices import ANSWER, CIRCULATE, CONFIRM, TELL
from boards.queries.lists import Row, waiting_rows
from boards.queries.sections import Column, section_lines
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Todo, Widget

SHOWN = 6
COUNTED = 100
OF_SECTION = 4
ASKED = {CONFIRM: ("要確認", "confirm", "確認する"), ANSWER: ("回答", "form", "回答する"), CIRCULATE: ("回覧", "follow", "見て次へ回す")}


@dataclass(frozen=True, slots=True)
class SectionWidget(Widget):
    columns: tuple[Column, ...] = ()


def notices_to_confirm(actor: Actor) -> Iterator[Todo]:
    for row in waiting_rows(actor, COUNTED):
        if row.notice.strength in ASKED:
            words, icon, act = ASKED[row.notice.strength]
            yield Todo(words, icon, row.notice.title, url_for("boards.notice", notice_id=row.notice.id), act, _about(row), row.notice.due_at)


def notices_to_read(actor: Actor) -> Widget | None:
    rows = [row for row in waiting_rows(actor, COUNTED) if row.notice.strength == TELL]
    if not rows:
        return None
    total = f"{len(rows)}件以上" if len(rows) == COUNTED else f"{len(rows)}件"
    return Widget("読んでいないお知らせ", total, "boards/_waiting.html", list(rows[:SHOWN]), url=url_for("boards.index", show="waiting"), order=40)


def notices_of_section(_: Actor, units: frozenset[int]) -> Widget | None:
    """Who heads a section sees how far its people are."""
    columns, lines = section_lines(units, OF_SECTION)
    if not lines:
        return None
    return SectionWidget("お知らせの確認と既読", f"{len(lines)}件", "boards/_section.html", list(lines), order=10, columns=tuple(columns))


def _about(row: Row) -> str:
    notice = row.notice
    opened = "・あなたは開いています" if row.notice.opened_at else ""
    return f"{notice.sender_name}・対象 {notice.people}人{opened}"
