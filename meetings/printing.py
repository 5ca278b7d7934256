"""Bundles and minutes become PDF in the helper: how far it has come stands in the row, and whoever asked sees it move."""
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from groupware.directory.queries import actor_for
from groupware.files.checking import passing
from groupware.files.queries import files_of
from groupware.files.sending import send
from groupware.files.store import store
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Refusal
from groupware.live import hub
from groupware.live.effects import Broadcast
from groupware.printing.documents import Document, text
from groupware.printing.press import Binding, printed
from meetings import sheets
from meetings.agenda import Line, lay_out
from meetings.cards import name_of
from meetings.models.prints import BUNDLE, FAILED, READY, WORKING, Print
from meetings.models.sittings import Paper
from meetings.permissions import Table, is_open
from meetings.queries.items import items_of, paper_ref, papers_of
from meetings.queries.prints import is_within
from meetings.queries.sittings import table_for

PDF = "application/pdf"
BETWEEN = 0.5           # seconds between two words about how far it has come


@dataclass(frozen=True, slots=True)
class ToPrint:
    """Effect: this is to be made."""

    print_id: int


@dataclass(frozen=True, slots=True)
class Made:
    data: bytes
    parts: list[list[int]]
    pages: int
    name: str


def make(effect: ToPrint, keep: Any) -> None:
    """``keep``: the command that keeps what was made. What cannot be made says so in its row."""
    row = db.session.get(Print, effect.print_id)
    actor = actor_for(row.by_id) if row else None
    if row is None or actor is None or row.state == READY:
        return
    try:
        made = _bound(actor, row) if row.what == BUNDLE else _minutes(actor, row)
        file = send(actor, made.name, [made.data])
        keep(actor, row.id, file.id, made.parts, made.pages)
    except Refusal as refusal:
        _note(row, state=FAILED, trouble=refusal.message)


def _bound(actor: Actor, row: Print) -> Made:
    table = table_for(actor, row.sitting_id)
    lines, papers = _within(table, row.level)
    files = {ref.id: found[-1] for ref, found in files_of(paper_ref(paper.id) for _, _, paper in papers).items()}
    _note(row, state=WORKING, total=len(papers), done=0)
    places, told = {}, time.monotonic()
    with Binding() as book:
        for number, (_, label, paper) in enumerate(papers, 1):
            places[paper.id] = _add(book, f"{label} {paper.title}", files.get(paper.id))
            if time.monotonic() - told > BETWEEN:
                told = time.monotonic()
                _note(row, done=number)
        pages = book.finish(sheets.cover(table, lines, places, row.level))
        data = book.path.read_bytes()
    parts = [[line.item.id, 0, 0] for line in lines] + [[line.item.id, paper.id, paper.version] for line, _, paper in papers]
    return Made(data, parts, pages, f"{name_of(table)} 資料.pdf")


def _minutes(actor: Actor, row: Print) -> Made:
    table = table_for(actor, row.sitting_id)
    _note(row, state=WORKING, total=1, done=0)
    lines, _ = _within(table, row.level)
    return Made(printed(sheets.minutes(table, lines, row.level)), [[line.item.id, 0, 0] for line in lines], 0, f"{name_of(table)} 会議録.pdf")


def _within(table: Table, level: str) -> tuple[list[Line], list[tuple[Line, str, Paper]]]:
    """Numbers stay those that everybody knows. What is handed out on the day is in once it is open."""
    every = lay_out(table.sitting, items_of(table.sitting.id), papers_of(table.sitting.id))
    lines = [line for line in every if is_within(line.item.level, level)]
    papers = [(line, label, paper) for line in lines for label, paper in line.papers if not paper.handout or is_open(paper, table.sitting)]
    return lines, papers


def _add(book: Binding, label: str, file: Any) -> Any:
    if file is not None and not passing.is_open(file):
        words = passing.reason(file)
    elif file is not None and file.media_type == PDF:
        return book.add(store().path(file.blob.place), label)
    else:
        words = "この資料は PDF ではないため、綴じられませんでした。元のファイルをご覧ください。"
    return book.add_sheet(Document(label, (text(f"{words}\n{file.name if file else ''}"),), plain=True), label)


def _note(row: Print, **values: Any) -> None:
    """No deed of anybody: it is only how far the helper is."""
    number, sitting_id, by_id = row.id, row.sitting_id, row.by_id
    db.write(lambda: db.session.execute(update(Print).where(Print.id == number).values(**values).execution_options(synchronize_session=False)))
    hub.deliver(Broadcast(f"user:{by_id}", "meetings.print", {"sitting": sitting_id}))
