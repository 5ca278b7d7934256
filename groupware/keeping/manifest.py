"""What is in a backup: written last, read first."""
import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import click

from groupware.kernel import json

NAME, DATABASE, FILES, ROOTS = "manifest.json", "database", "files", "audit-roots.jsonl"
FORM = 1
UNSTORED = {"arriving", "wanted"}           # of the folder of files: what is only on its way
PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """``digests``: SHA-256 by path within the backup; ``rows``: of each table; ``sealed``: how far the audit's chain went."""

    form: int
    made: int
    at: str
    engine: str
    revision: str
    rows: dict[str, int]
    digests: dict[str, str]
    sealed: int
    root: str

    def write(self, folder: Path) -> None:
        (folder / NAME).write_bytes(json.dumps(asdict(self)).encode())

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Raises ClickException for what is no backup of ours."""
        try:
            found = cls(**json.loads((folder / NAME).read_bytes()))
        except (OSError, ValueError, TypeError) as trouble:
            raise click.ClickException(f"{folder} は、控えではありません（{NAME} を読めません）。") from trouble
        if found.form != FORM:
            raise click.ClickException("この控えは、別の版の道具でつくられています。同じ版のつながるで戻してください。")
        return found


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests_below(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): digest_of(path) for path in sorted(folder.rglob("*")) if path.is_file() and path.name != NAME}


def stored_files(folder: Path) -> Iterator[Path]:
    """Of the house's folder of files, relative to it: without what is only on its way and the drawn pages, which are drawn again."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        drawn = any(part.endswith(".pages") for part in relative.parts[:-1])
        if path.is_file() and relative.parts[0] not in UNSTORED and not drawn:
            yield relative
