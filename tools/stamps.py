"""Work that is done once for a given input leaves a stamp; the second start only compares digests."""
import hashlib
from pathlib import Path


def digest(*inputs: Path | str) -> str:
    """Of the files' contents and of the words between them."""
    whole = hashlib.sha256()
    for one in inputs:
        whole.update(one.read_bytes() if isinstance(one, Path) else one.encode())
        whole.update(b"\0")
    return whole.hexdigest()


def is_fresh(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text() == value


def press(stamp: Path, value: str) -> None:
    """Only after the work is whole: an interrupted one leaves none and is begun again."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)
