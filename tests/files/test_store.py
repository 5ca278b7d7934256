"""What every store of files keeps to, whatever it is made of: each that is named in ``STORES`` goes through all of this."""
import os
import pkgutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from groupware.files.disk import HALF_SENT, LocalDisk, Store
from groupware.files.kinds import LOOK
from tests.files.s3 import serving
from tests.support.processes import ROOT

STORES = {"local disk": "groupware.files.disk:LocalDisk", "S3": "tests.files.s3:bucket"}
CONTENT = bytes(range(256)) * 1_000
KILLED = """
import os, pathlib, pkgutil, signal, sys
def pieces():
    yield b"begun" * 100_000
    os.kill(os.getpid(), signal.SIGKILL)
pkgutil.resolve_name(sys.argv[1])(pathlib.Path(sys.argv[2])).put(pieces())
"""


@pytest.fixture(scope="module")
def s3() -> Iterator[None]:
    with serving() as address:
        os.environ["S3_OF_TESTS"] = address
        yield
        del os.environ["S3_OF_TESTS"]


@pytest.fixture(params=["local disk", pytest.param("S3", marks=pytest.mark.real)])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "S3":
        request.getfixturevalue("s3")
    made = make(request.param, tmp_path / "files")
    made.free()
    return made


def make(name: str, folder: Path) -> Store:
    made: Store = pkgutil.resolve_name(STORES[name])(folder)
    return made


def pieces(content: bytes = CONTENT, size: int = 10_000) -> Iterator[bytes]:
    yield from (content[at:at + size] for at in range(0, len(content), size))


def cut() -> Iterator[bytes]:
    yield CONTENT
    raise ConnectionResetError


def files_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_is_there_whole_and_known_by_its_sum_its_size_and_its_ends(kept: Store) -> None:
    stored = kept.put(pieces())
    assert kept.path(stored.place).read_bytes() == CONTENT
    assert (stored.sha256, stored.size, stored.head, stored.tail) == (sha256(CONTENT).hexdigest(), len(CONTENT), CONTENT[:LOOK], CONTENT[-LOOK:])
    small = kept.put(iter([b"x"]))
    assert (small.size, small.head, small.tail) == (1, b"x", b"x")


def test_any_part_of_it_is_read_by_itself(kept: Store) -> None:
    with kept.path(kept.put(pieces()).place).open("rb") as file:
        for at, length in ((0, 1), (70_000, 500), (len(CONTENT) - 3, 10)):
            file.seek(at)
            assert file.read(length) == CONTENT[at:at + length]


def test_the_same_bytes_put_twice_lie_at_two_places_that_nobody_guesses_and_one_goes_without_the_other(kept: Store) -> None:
    """Whoever keeps the sums (Blob) decides which of them stays."""
    first, second = kept.put(pieces()), kept.put(pieces())
    assert first.sha256 == second.sha256
    assert first.place != second.place
    assert min(len(first.place), len(second.place)) >= 32
    kept.delete(first.place)
    assert not kept.path(first.place).exists()
    assert kept.path(second.place).read_bytes() == CONTENT


def test_with_the_bytes_goes_all_that_was_made_of_them_and_twice_is_as_once(kept: Store) -> None:
    place = kept.put(pieces()).place
    kept.preview_path(place).write_bytes(b"preview")
    kept.pages_path(place).mkdir()
    (kept.pages_path(place) / "1-1200").write_bytes(b"page")
    kept.path(place).with_suffix(".pdf").write_bytes(b"%PDF-")
    for _ in range(2):
        kept.delete(place)
        assert not any(path.exists() for path in (kept.path(place), kept.preview_path(place), kept.pages_path(place), kept.pdf_path(place)))


def test_pages_are_drawn_of_what_was_made_of_the_bytes_if_something_was(kept: Store) -> None:
    place = kept.put(pieces()).place
    assert kept.pdf_path(place).read_bytes() == CONTENT
    kept.path(place).with_suffix(".pdf").write_bytes(b"%PDF-made")
    assert kept.pdf_path(place).read_bytes() == b"%PDF-made"


def test_a_file_that_is_adopted_has_a_place_of_its_own_and_outlives_the_name_it_had(kept: Store, tmp_path: Path) -> None:
    whole = tmp_path / "files" / "whole"
    whole.write_bytes(CONTENT)
    first, second = kept.adopt(whole), kept.adopt(whole)
    assert (first != second, whole.read_bytes() == CONTENT) == (True, True)
    whole.unlink()
    kept.delete(second)
    assert kept.path(first).read_bytes() == CONTENT


def test_a_write_that_is_cut_leaves_nothing(kept: Store, tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError):
        kept.put(cut())
    assert files_in(tmp_path) == []


def test_a_write_whose_program_was_killed_is_at_no_place_and_swept_after_a_day(
        kept: Store, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder, name = tmp_path / "files", request.node.callspec.params["kept"]
    killed = subprocess.run([sys.executable, "-c", KILLED, STORES[name], str(folder)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    left = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.parent.name for path in left} <= {"arriving"}
    kept.sweep()
    assert all(path.exists() for path in left)
    for path in left:
        os.utime(path, (time.time() - HALF_SENT - 60,) * 2)
    kept.sweep()
    assert files_in(folder) == []


def test_wishes_for_pages_are_answered_in_their_order_and_forgotten_one_by_one(kept: Store) -> None:
    wishes = [("ab" * 20, 3, 1200), ("cd" * 20, 1, 200)]
    for at, (place, number, width) in enumerate(wishes):
        kept.want_page(place, number, width)
        kept.want_page(place, number, width)
        for wish in Path(kept.wanted).glob(f"{place}.*") if isinstance(kept, LocalDisk) else ():
            os.utime(wish, (at, at))
    assert kept.wanted_pages() == wishes
    kept.forget_wanted(*wishes[0])
    kept.forget_wanted(*wishes[0])
    assert kept.wanted_pages() == wishes[1:]


def test_how_much_room_there_is_is_known_before_anything_was_put(kept: Store) -> None:
    assert kept.free() > 0
