"""Files in a bucket that speaks S3: what only such a store can do, beside what every store keeps to (test_store.py)."""
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from groupware.files.bucket import IDLE, Bucket
from groupware.files.commands import attach_files
from groupware.files.queries import address_of
from groupware.kernel.errors import Unavailable
from tests.files.office import PDF, browser, person, sent
from tests.files.s3 import NAME, client, serving, where
from tests.support.processes import free_port

pytestmark = pytest.mark.real
CONTENT = bytes(range(256)) * 100


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with serving() as address:
        yield address


def names(address: str) -> set[str]:
    return {str(each.object_name) for each in client(address).list_objects(NAME)}


def unread(folder: Path) -> None:
    for path in folder.glob("??/*"):
        os.utime(path, (time.time() - IDLE - 60,) * 2)


def test_another_machine_reads_what_this_one_has_put_and_what_is_deleted_is_nowhere(s3: str, tmp_path: Path) -> None:
    here, there = Bucket(tmp_path / "here", where(s3)), Bucket(tmp_path / "there", where(s3))
    place = here.put(iter([CONTENT])).place
    assert there.path(place).read_bytes() == CONTENT
    there.delete(place)
    here.delete(place)
    assert (place in names(s3), Bucket(tmp_path / "new", where(s3)).path(place).exists()) == (False, False)


def test_the_cache_lets_go_of_what_nobody_reads_and_fetches_it_again(s3: str, tmp_path: Path) -> None:
    small = Bucket(tmp_path / "files", where(s3, cache=2 * len(CONTENT)))
    first, second = (small.put(iter([CONTENT, name])).place for name in (b"1", b"2"))
    unread(tmp_path / "files")
    small.path(second)
    small.sweep()
    assert [(tmp_path / "files" / place[:2] / place[2:]).exists() for place in (first, second)] == [False, True]
    assert small.path(first).read_bytes() == CONTENT + b"1"


def test_a_backup_gathers_everything_here_and_what_it_brings_back_goes_to_the_bucket_before_it_leaves_the_cache(s3: str, tmp_path: Path) -> None:
    empty = Bucket(tmp_path / "files", where(s3, cache=0))
    first, second = (empty.put(iter([CONTENT, name])).place for name in (b"1", b"2"))
    unread(tmp_path / "files")
    empty.sweep()
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    empty.gather([first, second])
    for place, deed in ((first, empty.settle), (second, empty.sweep)):
        client(s3).remove_object(NAME, place)
        unread(tmp_path / "files")
        deed()
        assert place in names(s3)
    assert empty.path(second).read_bytes() == CONTENT + b"2"


def test_while_the_bucket_is_away_nothing_is_kept_by_halves_and_it_is_said(tmp_path: Path) -> None:
    away = Bucket(tmp_path / "files", where(f"http://127.0.0.1:{free_port()}"))
    with pytest.raises(Unavailable, match="置き場所につながりません"):
        away.put(iter([CONTENT]))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_goes_in_and_out_through_the_house_with_its_right_and_its_ranges(
        s3: str, house: Any, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    config = house.app.config
    monkeypatch.setitem(config, "HOUSE", replace(config["HOUSE"], files_s3=s3, files_s3_bucket=NAME, files_s3_key="key", files_s3_secret="secret"))
    owner, stranger = person(), person("大沢 健")
    file = sent(owner)
    attach_files(owner, (file.id,), desk.lay(1, owner))
    (config["DATA"] / "files" / file.blob.place[:2] / file.blob.place[2:]).unlink()
    part = browser(house, owner).get(address_of(file), headers={"Range": "bytes=5-9"}, buffered=True)
    assert (part.status_code, part.data) == (206, PDF[5:10])
    assert browser(house, stranger).get(address_of(file), buffered=True).status_code == 404
