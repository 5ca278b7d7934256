"""Nothing that was written down can be changed unseen: the database refuses, and who goes round the database is found by the chain."""
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from groupware.audit.chain import BEGINNING, COLUMNS, Root, digest_of, head, seal, verify
from groupware.audit.models import TABLES, Entry, Link
from groupware.audit.roots import export, exported
from groupware.kernel import clock, db
from groupware.kernel.engines import engine
from tests.chat.town import person, room, say

MANY = 30
LATER = timedelta(seconds=30)


@pytest.fixture
def sealed(each_house: Any) -> Iterator[Any]:
    """A house with a few dozen entries, all in the chain; the root is exported."""
    writer = person()
    at = room(writer)
    for number in range(MANY):
        say(writer, at, f"投稿 {number}")
    with clock.at(clock.now() + LATER):
        seal()
        export()
        db.end_reading()
        yield each_house


def test_everything_that_happens_gets_its_place_in_the_chain(sealed: Any) -> None:
    verdict = verify(exported())
    assert verdict.troubles == []
    assert verdict.unsealed == verdict.unheld == 0
    assert verdict.sealed == len(list(db.session.scalars(select(Entry.id)))) > MANY
    assert seal() == 0


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("deed", ["update {} set {} = {}", "delete from {}"])
def test_the_database_itself_refuses_to_change_what_was_written(sealed: Any, table: str, deed: str) -> None:
    column = "door" if table == "audit_entry" else "digest"
    with _back_room(sealed) as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(deed.format(table, column, "'x'")))


def test_a_whole_table_is_not_emptied_either(each_house: Any) -> None:
    if each_house.config.database_url.startswith("postgresql"):
        with _back_room(each_house) as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text("truncate audit_entry cascade"))


def test_what_is_too_young_waits_and_what_comes_late_is_sealed_after_it(each_house: Any) -> None:
    writer = person()
    assert seal() == 0
    with clock.at(clock.now() + LATER):
        first = seal()
        assert first > 0
        say(writer, room(writer))
        assert seal() == 0
    with clock.at(clock.now() + 2 * LATER):
        assert seal() > 0
        assert verify().troubles == []


def test_an_entry_that_somebody_put_in_without_a_seal_is_found(sealed: Any) -> None:
    with _back_room(sealed) as connection:
        row = connection.execute(select(Entry.__table__)).mappings().first()
        assert row
        connection.execute(Entry.__table__.insert().values(**{**row, "id": 9_999_999}))      # type: ignore[attr-defined]
        connection.commit()
    with clock.at(clock.now() + timedelta(minutes=30)):
        assert any("9999999" in sentence for sentence in verify(exported()).troubles)


def test_every_change_before_the_exported_root_is_found(house: Any, trials: Callable[[int, int], int]) -> None:
    """Played in memory on the very rows of a house: a change, a loss, an exchange, an insertion, and the whole rest sealed anew after it."""
    writer = person()
    at = room(writer)
    for number in range(MANY):
        say(writer, at, f"投稿 {number}")
    with clock.at(clock.now() + LATER):
        seal()
        root = head()
        whole = _rows()
        assert _troubles(whole, root) == []
        for trial in range(trials(500, 10_000)):
            dice = Random(trial)
            forged = dice.choice(FORGERIES)(_copy(whole), dice)
            if forged != whole:
                assert _troubles(forged, root), (trial, forged)


def test_the_command_says_what_is_wrong_and_what_it_cannot_know(sealed: Any, tmp_path: Path) -> None:
    runner = sealed.app.test_cli_runner()
    whole = runner.invoke(args=["audit", "verify"])
    assert (whole.exit_code, "違いはありません" in whole.output, "後の 0件" in whole.output) == (0, True, True)
    strange = tmp_path / "roots.jsonl"
    strange.write_text(json.dumps({"number": 3, "digest": "f" * 64}) + "\n")
    broken = runner.invoke(args=["audit", "verify", "--roots", str(strange)])
    assert (broken.exit_code, "3番の封が、外に控えた根と違います" in broken.output) == (1, True)


def test_a_root_is_added_only_when_there_is_a_new_one(sealed: Any) -> None:
    export()
    assert [root.number for root in exported()] == [head().number]


@dataclass
class Rows:
    entries: dict[int, dict[str, Any]]
    links: list[dict[str, Any]]


def _rows() -> Rows:
    return Rows({row["id"]: dict(row) for row in db.session.execute(select(Entry.__table__)).mappings()},
                [dict(row) for row in db.session.execute(select(Link.__table__).order_by(Link.number)).mappings()])


def _copy(rows: Rows) -> Rows:
    return Rows({key: dict(value) for key, value in rows.entries.items()}, [dict(link) for link in rows.links])


def _troubles(rows: Rows, root: Root) -> list[str]:
    """The house's own walk, over these rows instead of the database's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("groupware.audit.chain._walk", lambda: ((Given(**link), rows.entries.get(link["entry_id"])) for link in rows.links))
        patch.setattr("groupware.audit.chain._unsealed", lambda: _loose(rows))
        return verify([root]).troubles


def _loose(rows: Rows) -> tuple[int, list[int]]:
    loose = sorted(rows.entries.keys() - {link["entry_id"] for link in rows.links})
    return len(loose), loose


@dataclass
class Given:
    number: int
    entry_id: int
    digest: str


def _change_a_word(rows: Rows, dice: Random) -> Rows:
    entry, column = dice.choice(list(rows.entries.values())), dice.choice([name for name in COLUMNS if name != "id"])
    before = entry[column]
    entry[column] = {**before, "x": dice.random()} if isinstance(before, dict) else before + timedelta(seconds=1) if column == "at" else f"{before}x"
    return rows


def _lose_an_entry(rows: Rows, dice: Random) -> Rows:
    del rows.entries[dice.choice(list(rows.entries))]
    return rows


def _lose_an_entry_and_its_link(rows: Rows, dice: Random) -> Rows:
    lost = rows.links.pop(dice.randrange(len(rows.links)))
    del rows.entries[lost["entry_id"]]
    return rows


def _exchange_two(rows: Rows, dice: Random) -> Rows:
    one, other = dice.sample(list(rows.entries), 2)
    rows.entries[one], rows.entries[other] = {**rows.entries[other], "id": one}, {**rows.entries[one], "id": other}
    return rows


def _put_one_in(rows: Rows, dice: Random) -> Rows:
    rows.entries[10_000] = {**dice.choice(list(rows.entries.values())), "id": 10_000}
    return rows


def _change_a_digest(rows: Rows, dice: Random) -> Rows:
    dice.choice(rows.links)["digest"] = f"{dice.getrandbits(256):064x}"
    return rows


def _seal_anew(forge: Callable[[Rows, Random], Rows]) -> Callable[[Rows, Random], Rows]:
    """As somebody who knows the chain and owns the database would."""
    def forged(rows: Rows, dice: Random) -> Rows:
        rows, digest = forge(rows, dice), BEGINNING
        kept = [link for link in rows.links if link["entry_id"] in rows.entries]
        for number, link in enumerate(kept, 1):
            digest = digest_of(digest, rows.entries[link["entry_id"]])
            link.update(number=number, digest=digest)
        rows.links = kept
        return rows
    return forged


PLAIN = (_change_a_word, _lose_an_entry, _lose_an_entry_and_its_link, _exchange_two, _put_one_in, _change_a_digest)
FORGERIES = (*PLAIN, *(_seal_anew(forge) for forge in PLAIN[:4]))


@contextmanager
def _back_room(house: Any) -> Iterator[Connection]:
    """As somebody with the password of the database would come."""
    made = engine(house.config.database_url, writes=True)
    with made.connect() as connection:
        yield connection
    made.dispose()
