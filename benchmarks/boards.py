"""``make bench-boards``: the boards of a year in a city hall of 1,500, on SQLite and on PostgreSQL.

The last line is one JSON object: the worse of the two databases for everything that should be small. Times are of whole pages through
the HTTP door of one process; ``queries`` are all that one notice page asks, those of the frame and of knowing who asks among them.
A part alone: ``python -m benchmarks.boards small sqlite cost_growth pages_per_cpu_s`` (a fifth of everything, these databases, these figures).
"""
import gc
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from typing import Any

import click
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event, text
from werkzeug.datastructures import MultiDict

from benchmarks.product.city import SECRET
from boards.commands.comments import post_comment
from boards.commands.places import found_board
from boards.commands.publishing import publish_notice
from boards.commands.receipts import address_notice
from boards.commands.writing import draft_notice
from boards.forms import BoardDraft, CommentDraft, NoticeDraft
from boards.queries.receipts import standing
from boards.queries.sheets import sheet_for
from boards.reading import opened
from features import FEATURES
from groupware.app import create_app
from groupware.auth.arrival import Arrival
from groupware.auth.commands.entering import Entry, sign_in
from groupware.auth.models import BY_PASSWORD
from groupware.config import Config
from groupware.database import close_database
from groupware.directory.commands.people import create_person
from groupware.directory.commands.places import assign_person
from groupware.directory.commands.units import create_unit
from groupware.directory.forms import PersonDraft, PlaceDraft, UnitDraft
from groupware.directory.queries import actor_for, people_in
from groupware.kernel import clock, db, json, reactions
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.engines import engine
from groupware.running.migrations import migrate
from tests.support.databases import running_postgres

SECTIONS, SHARE = 60, 74       # 74 of a hundred are addressed: 3.3 million receipts
COMMENTS, ROUNDS, READERS, DIFFERENT = 50, 120, 30, 50
COPY = ("insert into boards_notice (board_id, number, state, strength, weight, title, body, html, plain, slow, author_id, author_name, author_label,"
        " sender, sender_name, version, asked, files, comments, people, sections, created_at, published_at, reason)"
        " select board_id, {n}, state, strength, weight, title, body, html, plain, slow, author_id, author_name, author_label,"
        " sender, sender_name, version, asked, 0, 0, {people}, {sections}, created_at, published_at, '' from boards_notice where id = {id}")
READ = ("insert into boards_receipt (notice_id, user_id, unit_id, waiting, opened_at, confirmed_at, confirmed)"
        " select n.id, a.user_id, a.unit_id, (n.id * 31 + a.user_id * 17) % 100 >= 92,"
        " case when (n.id * 31 + a.user_id * 17) % 100 < 92 then n.published_at end,"
        " n.published_at, case when (n.id * 13 + a.user_id) % 100 < 80 then 1 else 0 end"
        " from boards_notice n join directory_assignment a on (n.id * 7 + a.user_id * 13) % 100 < {share} where n.id > {above} and n.id <= {until}")
TALK = ("insert into boards_comment (notice_id, author_id, author_name, author_label, author_seal, outside, answer, body, html, plain, at)"
        " select n.id, c.author_id, c.author_name, c.author_label, c.author_seal, c.outside, c.answer, c.body, c.html, c.plain, c.at"
        " from boards_comment c join boards_notice n on n.id <= {notices} where c.notice_id = {source}")
Act = Callable[[Actor, FlaskClient], object]


@dataclass(frozen=True, slots=True)
class Size:
    staff: int = 1_500
    few: int = 300
    many: int = 3_000
    comments: int = 100_000


WHOLE, SMALL = Size(), Size(300, 60, 600, 20_000)


class Hall:
    """People in 60 sections, one board, and as many notices as wanted."""

    def __init__(self, url: str, folder: Path, size: Size) -> None:
        self.size = size
        config = Config(data=folder, database_url=url, secret=SECRET, demo=False)
        migrate(config.database_url)
        self.app, self.url = create_app(FEATURES, config), config.database_url
        with self.app.app_context(), reactions.quietly():
            db.write(self._people)
            self.sender = self._actor(1)
            self.board = found_board(SYSTEM, BoardDraft("全庁", rights=frozenset({("read", "all"), ("comment", "all"), ("post", "all")})))
            self.first = self.send()
            self.readers = [(actor, self._client(actor)) for actor in map(self._actor, range(2, READERS + 2))]
        self.notices = 1

    def send(self) -> int:
        form = MultiDict({
            "title": "様式が変わります", "body": "来週から**新しい様式**です。\n\n1. 一つめ\n2. 二つめ", "to_all": "1", "strength": "confirm",
                          "due_on": "2099-10-20", "sender": f"person:{self.sender.user_id}"})
        notice_id: int = draft_notice(self.sender, self.board, NoticeDraft.parse(form))
        publish_notice(self.sender, notice_id)
        address_notice(SYSTEM, notice_id)
        return notice_id

    def grow(self, many: int) -> None:
        """To so many notices, written by the database itself."""
        with self._connection() as connection:
            for number in range(self.notices + 1, many + 1):
                connection.execute(text(COPY.format(n=number, people=self.size.staff * SHARE // 100, sections=SECTIONS, id=self.first)))
            connection.execute(text(READ.format(share=SHARE, above=self.notices, until=many)))
            connection.execute(text(f"update boards_board set last_number = {many}"))       # noqa: S608 (our own number)
            connection.execute(text("analyze"))
        self.notices = many
        db.forget_reading()

    def talk(self) -> None:
        """50 comments on the first notice, all the others elsewhere."""
        for _ in range(COMMENTS):
            post_comment(self.sender, self.first, CommentDraft.parse(MultiDict({"text": "共用の端末でも**よい**ですか。"})))
        with self._connection() as connection:
            connection.execute(text(TALK.format(notices=1 + self.size.comments // COMMENTS, source=self.first) + f" and n.id <> {self.first}"))
        db.forget_reading()

    def _people(self) -> None:
        create_unit(SYSTEM, UnitDraft("0000", "測りの市", "市"))
        for number in range(1, SECTIONS + 1):
            create_unit(SYSTEM, UnitDraft(f"{number:04}", f"第{number}課", "課", "0000"))
        for number in range(1, self.size.staff + 1):
            user_id = create_person(SYSTEM, PersonDraft(f"{number:06}", "職員", f"{number}号", "しょくいん", "ごう", "正職員"))
            assign_person(SYSTEM, user_id, PlaceDraft(f"{number % SECTIONS + 1:04}", post="主事"))

    def _actor(self, number: int) -> Actor:
        found = actor_for(db.session.scalars(people_in(["all"])).all()[number - 1])
        if found is None:
            raise LookupError(number)
        return found

    def _client(self, actor: Actor) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        token = sign_in(actor, Entry(Arrival("127.0.0.1", "127.0.0.1", "測り", "0" * 32), BY_PASSWORD))
        with client.session_transaction() as session:
            session["_user_id"] = token
        return client

    def _connection(self) -> Any:
        made: Engine = engine(self.url, writes=True)
        return made.begin()


def measured(url: str, folder: Path, size: Size, chosen: Collection[str]) -> dict[str, float]:
    hall = Hall(url, folder, size)
    with hall.app.app_context():
        hall.grow(size.few)
        begin_work()
        small = cost(hall) if "cost_growth" in chosen else 1
        hall.grow(size.many)
        hall.talk()
        begin_work()
        found = {name: figure(hall) for name, figure in FIGURES.items() if name in chosen}
    close_database()
    return found if "cost_growth" not in chosen else {**found, "cost_growth": round(found["cost_growth"] / small, 2)}


def begin_work() -> None:
    """As the web process does at its start: what was made before is no garbage."""
    gc.collect()
    gc.freeze()


def see_list(_: Actor, client: FlaskClient) -> None:
    show(client, "/boards")


def open_notice(hall: Hall) -> Act:
    """Of as many different notices, however many there are."""
    numbers = cycle(range(hall.first + 1, hall.notices, hall.notices // DIFFERENT))
    return lambda _, client: show(client, f"/boards/notices/{next(numbers)}")


def show(client: FlaskClient, path: str) -> None:
    db.forget_reading()
    response = client.get(path, headers={"Accept": "text/html"})
    if response.status_code != 200:
        raise RuntimeError(f"{path} {response.status_code}")


def count_units(hall: Hall) -> None:
    db.forget_reading()
    standing(sheet_for(hall.sender, hall.first))


def spent(hall: Hall, act: Act) -> list[float]:
    """Milliseconds; a warm-up before."""
    readers = cycle(hall.readers)
    for _ in range(READERS):
        act(*next(readers))
    return [timed(lambda: act(*next(readers))) for _ in range(ROUNDS)]


def alone(act: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    act()
    return [timed(act) for _ in range(rounds)]


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def cost(hall: Hall) -> float:
    """Of a list and a notice together: of a quarter of all times the longest, so that a busy machine changes little."""
    return sum(quantiles(spent(hall, act), n=4)[0] for act in (see_list, open_notice(hall)))


def pages_per_cpu_second(hall: Hall) -> float:
    """Of the notice with 50 comments, which the readers have opened before."""
    spent(hall, lambda _, client: show(client, f"/boards/notices/{hall.first}"))
    opened.now()
    began = time.process_time()
    for _, client in hall.readers * 4:
        show(client, f"/boards/notices/{hall.first}")
    return round(len(hall.readers) * 4 / (time.process_time() - began), 1)


def queries(hall: Hall) -> int:
    asked: list[str] = []

    def note(_: Connection, __: Any, statement: str, *___: Any) -> None:
        asked.append(statement)
    event.listen(Engine, "before_cursor_execute", note)
    show(hall.readers[0][1], f"/boards/notices/{hall.first}")
    event.remove(Engine, "before_cursor_execute", note)
    return len(asked)


def p95(times: list[float]) -> float:
    return round(quantiles(times, n=20)[-1], 1)


FIGURES: dict[str, Callable[[Hall], float]] = {
    "list_p95_ms": lambda hall: p95(spent(hall, see_list)), "open_p95_ms": lambda hall: p95(spent(hall, open_notice(hall))),
    "unread_by_unit_p95_ms": lambda hall: p95(alone(lambda: count_units(hall))), "send_all_p95_ms": lambda hall: p95(alone(hall.send, 20)),
    "cost_growth": cost, "pages_per_cpu_s": pages_per_cpu_second, "queries": queries}


def worse(found: list[dict[str, float]]) -> dict[str, float]:
    return {name: (min if name == "pages_per_cpu_s" else max)(each[name] for each in found) for name in found[0]}


@contextmanager
def sqlite() -> Iterator[str]:
    yield ""


@contextmanager
def postgresql() -> Iterator[str]:
    with running_postgres() as cluster:
        yield cluster.create_database()


DATABASES = {"sqlite": sqlite, "postgresql": postgresql}


def main(words: Collection[str]) -> None:
    began, found, size = clock.now(), [], SMALL if "small" in words else WHOLE
    for name in [name for name in DATABASES if name in words] or DATABASES:
        with tempfile.TemporaryDirectory() as folder, DATABASES[name]() as url:
            found.append(measured(url, Path(folder), size, set(words) & FIGURES.keys() or FIGURES.keys()))
        click.echo(f"{name} {json.dumps(found[-1])}")
    click.echo(json.dumps({**worse(found), "seconds": round((clock.now() - began).total_seconds())}))


if __name__ == "__main__":
    main(sys.argv[1:])
