"""``flask backup``: database first, then the files, so that none is missing that the database knows."""
import shutil
from pathlib import Path

import click

from groupware.audit.chain import Root, head, seal
from groupware.audit.roots import where
from groupware.config import Config
from groupware.files.queries import places
from groupware.files.store import store
from groupware.keeping.commands import begin_backup
from groupware.keeping.databases import kind_of, opened, pour_out, revision_of
from groupware.keeping.manifest import DATABASE, FILES, FORM, ROOTS, Manifest, digests_below, stored_files
from groupware.kernel import clock, db, trace
from groupware.kernel.actor import SYSTEM


def back_up(config: Config, to: Path) -> Manifest:
    """Into a folder that is not there yet; it gets its name when it is whole. Raises ClickException."""
    if to.exists():
        raise click.ClickException(f"{to} は、すでにあります。まだない名前を指定してください。")
    building, made = to.with_name(to.name + ".building"), int(clock.now().timestamp())
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True, mode=0o700)
    root = _begin(made)
    rows = pour_out(config.database_url, building / DATABASE)
    store().gather(places())
    _copy_files(config.data / FILES, building / FILES)
    if where().exists():
        shutil.copyfile(where(), building / ROOTS)
    manifest = _manifest(config, building, rows, made, root)
    manifest.write(building)
    building.rename(to)
    return manifest


def _begin(made: int) -> Root:
    """The backup is written down before it is made, and what is settled is sealed."""
    with trace.through("console"):
        begin_backup(SYSTEM, made)
        seal()
    root = head()
    db.forget_reading()
    return root


def _copy_files(source: Path, to: Path) -> None:
    """A file that goes away meanwhile was not wanted any more."""
    for relative in stored_files(source) if source.exists() else ():
        target = to / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(source / relative, target)
        except FileNotFoundError:
            target.unlink(missing_ok=True)


def _manifest(config: Config, building: Path, rows: dict[str, int], made: int, root: Root) -> Manifest:
    with opened(config.database_url) as connection:
        revision = revision_of(connection)
    return Manifest(FORM, made, clock.now().isoformat(), kind_of(config.database_url), revision, rows, digests_below(building), root.number,
                    root.digest)
