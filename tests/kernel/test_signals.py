"""Signals: merged, and of one database only."""
from pathlib import Path

from groupware.kernel.signals import Merged
from tests.conftest import build_house


def test_what_was_to_be_kept_of_one_database_is_not_written_into_the_next(tmp_path: Path) -> None:
    written: list[dict[str, int]] = []
    signs = Merged(written.append)
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        for _ in build_house(tmp_path / name):
            signs.put(name, 1)
            signs.put(name, 2)
            signs.put(name, 1)
    signs.now()
    assert written == [{"second": 2}]
