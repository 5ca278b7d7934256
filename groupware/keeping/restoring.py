"""``flask restore``: into an empty place only, compared with what the backup says of itself, and then quiet."""
import shutil
from dataclasses import dataclass
from pathlib import Path

import click

from groupware.audit.chain import Root, verify
from groupware.audit.roots import exported
from groupware.config import Config
from groupware.files.store import store
from groupware.keeping.commands import settle_restored
from groupware.keeping.databases import is_empty, kind_of, opened, pour_in, rows_of
from groupware.keeping.manifest import DATABASE, FILES, ROOTS, Manifest, digests_below, stored_files
from groupware.kernel import db, trace
from groupware.kernel.actor import SYSTEM
from groupware.running.migrations import migrate

FULL = "戻す先が空ではありません（{what}）。何も変えていません。DATA と DATABASE_URL で、空の場所を指定してください。"
OTHER = "この控えは {kept} のものです。いまの DATABASE_URL は {here} です。同じ種類のデータベースを指定してください。"


@dataclass(frozen=True, slots=True)
class Restored:
    rows: int
    files: int
    held: int


def restore(config: Config, kept: Path) -> Restored:
    """Raises ClickException; as long as the backup was not found whole and the place empty, nothing has changed."""
    manifest = Manifest.read(kept)
    _refuse(config, kept, manifest)
    pour_in(config.database_url, kept / DATABASE)
    files = _put_files(kept / FILES, config.data / FILES)
    store().settle()
    _put_roots(config, kept / ROOTS)
    _compare_rows(config, manifest)
    migrate(config.database_url)
    _compare_audit(manifest)
    with trace.through("console"):
        held = settle_restored(SYSTEM, manifest.made)
    db.forget_reading()
    return Restored(sum(manifest.rows.values()), files, held)


def _refuse(config: Config, kept: Path, manifest: Manifest) -> None:
    here = kind_of(config.database_url)
    if manifest.engine != here:
        raise click.ClickException(OTHER.format(kept=manifest.engine, here=here))
    if not is_empty(config.database_url):
        raise click.ClickException(FULL.format(what="データベース"))
    files = config.data / FILES
    if files.exists() and any(stored_files(files)):
        raise click.ClickException(FULL.format(what=f"{files}"))
    wrong = {name for name, _ in digests_below(kept).items() ^ manifest.digests.items()}
    if wrong:
        raise click.ClickException(f"控えが壊れています。何も変えていません。違うもの: {'、'.join(sorted(wrong)[:5])}")


def _put_files(kept: Path, to: Path) -> int:
    many = 0
    for relative in stored_files(kept) if kept.exists() else ():
        target = to / relative
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(kept / relative, target)
        many += 1
    if many and digests_below(to) != digests_below(kept):
        raise click.ClickException("写したファイルが、控えと違います。ディスクを確かめて、空の場所からやり直してください。")
    return many


def _put_roots(config: Config, kept: Path) -> None:
    """Roots that are here already were kept outside: they know more than the backup does, and stay."""
    target = Path(config.audit_roots)
    if kept.exists() and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, target)


def _compare_rows(config: Config, manifest: Manifest) -> None:
    with opened(config.database_url) as connection:
        found = rows_of(connection)
    if found != manifest.rows:
        wrong = sorted(name for name in found.keys() | manifest.rows.keys() if found.get(name) != manifest.rows.get(name))
        raise click.ClickException(f"戻したデータベースの行の数が、控えと違います（{'、'.join(wrong[:5])}）。空の場所からやり直してください。")


def _compare_audit(manifest: Manifest) -> None:
    """Roots of later days than the backup's are no fault of it; what the backup has sealed must be whole."""
    known = [root for root in exported() if root.number <= manifest.sealed]
    verdict = verify([*known, *([Root(manifest.sealed, manifest.root)] if manifest.sealed else [])])
    troubles = [sentence for sentence in verdict.troubles if "封がないまま" not in sentence]
    db.forget_reading()
    if troubles:
        raise click.ClickException(f"監査の記録が、封と違います（{troubles[0]}）。この控えは使わないでください。")
