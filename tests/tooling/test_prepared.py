"""A hall that was built once: the same again in the next empty house, and only there."""
from datetime import timedelta
from pathlib import Path

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from tests.boards.town import WEDNESDAY
from tests.conftest import build_house
from tests.directory.town import actor, build_town, person, unit
from tests.support.prepared import Rows, prepared, rows_of_the_house

built: list[str] = []


@prepared
def hall() -> dict[str, Actor]:
    built.append("again")
    build_town()
    return {"clerk": actor(person()), "head": actor(person("柏木 真帆", at="0310", post="課長", roles=("steering",)))}


def test_what_is_brought_is_what_was_built_and_life_goes_on_from_there(tmp_path: Path) -> None:
    built.clear()
    with clock.at(WEDNESDAY):
        first, second = (_begun_in(tmp_path / name) for name in ("first", "second"))
    assert built == ["again"]
    assert first == second
    assert {"insert into audit_entry", "insert into directory_user"} <= {laying.partition(" (")[0] for laying in first[1]}


def test_at_another_time_or_where_something_stands_it_is_built(tmp_path: Path) -> None:
    built.clear()
    with clock.at(WEDNESDAY + timedelta(days=1)):
        _begun_in(tmp_path / "later")
    for _ in build_house(tmp_path):
        person("先に いた", at="")
        hall()
    assert built == ["again", "again"]


def _begun_in(folder: Path) -> tuple[dict[str, Actor], Rows, int, int]:
    """The people, the rows, the 課 by its code, and who comes next."""
    folder.mkdir()
    [found] = [(hall(), rows_of_the_house(), unit("0310"), person("後から 来た")) for _ in build_house(folder)]
    return found
