"""Completions outside of the city hall as a list: what its columns are, and what each line would add."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import select

from groupware.directory.queries import people_cards
from groupware.directory.queries.people import ids_by_staff_number
from groupware.directory.tables.columns import Column
from groupware.directory.tables.reading import Line, read_table
from groupware.kernel import clock, db
from groupware.kernel.dates import read_date
from groupware.kernel.errors import Invalid
from groupware.kernel.text import fold
from training.models.courses import Completion, Course
from training.models.duties import Bringing
from training.queries.courses import courses
from training.rules import valid_until

COLUMNS = (
    Column("staff_number", "職員番号", ("番号",), needed=True), Column("name", "氏名", ("名前",)),
    Column("title", "研修名", ("研修", "講座名"), needed=True), Column("done_on", "修了日", ("受講日",), needed=True),
    Column("expires_on", "有効期限", ("期限",)), Column("host", "主催", ("実施主体", "実施機関")))
MOST_LINES, MOST_BYTES, LONGEST = 2_000, 1_000_000, 100


@dataclass(frozen=True, slots=True)
class Learned:
    """What a line would add."""

    line: int
    user_id: int
    name: str
    course: Course | None
    title: str
    done_on: date
    expires_on: date | None
    host: str


@dataclass(frozen=True, slots=True)
class Found:
    """``digest`` names what was shown: nothing else is ever applied."""

    new: list[Learned]
    known: int
    troubles: list[tuple[int, str]]

    @property
    def digest(self) -> str:
        said = [(each.line, each.user_id, each.title, each.done_on, each.expires_on, each.host) for each in self.new]
        return sha256(repr(said).encode()).hexdigest()


def lines_in(body: bytes) -> list[list[object]]:
    """(number, cells), to be kept. Raises Invalid with what to do about the file."""
    if not body:
        raise Invalid(file="ファイルを選んでください。")
    if len(body) > MOST_BYTES:
        raise Invalid(file="ファイルが大きすぎます（1MBまで）。")
    sheet = read_table(COLUMNS, body)
    if not sheet.lines or len(sheet.lines) > MOST_LINES:
        raise Invalid(file=f"修了の行を、1行から{MOST_LINES:,}行までにしてください。")
    return [[line.number, line.cells] for line in sheet.lines]


def look_at(bringing: Bringing) -> Found:
    """What it would add today, line by line; a constant number of questions."""
    lines = [Line(number, cells) for number, cells in bringing.lines]
    numbers = ids_by_staff_number()
    names = {user_id: card.name for user_id, card in people_cards(filter(None, (numbers.get(line.cells["staff_number"]) for line in lines))).items()}
    by_title = {fold(course.title): course for course in courses()}
    read, troubles = [], []
    for line in lines:
        try:
            read.append(_read(line, numbers, names, by_title))
        except Invalid as wrong:
            troubles.append((line.number, wrong.message))
    known, twice = _known(read), _twice(read)
    troubles += [(each.line, f"{twice[each.line]}行目と同じ人・研修・日です。") for each in read if each.line in twice]
    return Found([each for each in read if _key(each) not in known], sum(_key(each) in known for each in read), sorted(troubles))


def _read(line: Line, numbers: dict[str, int], names: dict[int, str], by_title: dict[str, Course]) -> Learned:
    cells = line.cells
    user_id = numbers.get(cells["staff_number"])
    if user_id is None:
        raise Invalid(f"職員番号「{cells['staff_number']}」の職員がいません。")
    said = cells.get("name", "")
    if said and fold(said).replace(" ", "") != fold(names[user_id]).replace(" ", ""):
        raise Invalid(f"職員番号「{cells['staff_number']}」は {names[user_id]} さんです（表では「{said}」）。")
    title, host = _short(cells["title"], "研修名"), _short(cells.get("host", ""), "主催") if cells.get("host") else ""
    done_on, course = _day(cells["done_on"], "修了日"), by_title.get(fold(title))
    if done_on > clock.today():
        raise Invalid("修了日が今日より先です。")
    ends = _day(cells["expires_on"], "有効期限") if cells.get("expires_on") else valid_until(done_on, course.months if course else None)
    if ends and ends < done_on:
        raise Invalid("有効期限が修了日より前です。")
    return Learned(line.number, user_id, names[user_id], course, course.title if course else title, done_on, ends, host)


def _short(text: str, what: str) -> str:
    if not text or len(text) > LONGEST:
        raise Invalid(f"{what}を{LONGEST}文字までで書いてください。")
    return text


def _day(text: str, what: str) -> date:
    found = read_date(text)
    if found is None:
        raise Invalid(f"{what}「{text}」を読み取れません。例 R8.10.20、2026/10/20")
    return found


def _key(each: Learned) -> tuple[int, str, date]:
    return each.user_id, each.title, each.done_on


def _known(read: Sequence[Learned]) -> set[tuple[int, str, date]]:
    """What is written down already: to bring a list twice does no harm."""
    asked = select(Completion.user_id, Completion.title, Completion.done_on).where(Completion.title.in_({each.title for each in read}))
    return {(user_id, title, done_on) for user_id, title, done_on in db.session.execute(asked)} if read else set()


def _twice(read: Iterable[Learned]) -> dict[int, int]:
    """By line the line that said the same before."""
    first: dict[tuple[int, str, date], int] = {}
    return {each.line: first[_key(each)] for each in read if first.setdefault(_key(each), each.line) != each.line}
