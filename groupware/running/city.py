"""The demo city: built by the features themselves, each calling its own commands as its people."""
import click

from groupware.directory.queries import is_empty
from groupware.kernel import db, jobs, reactions, trace
from groupware.kernel.house import house


def build_city() -> None:
    """Refuses to touch a database in which somebody lives."""
    if not is_empty():
        raise click.ClickException("すでに職員が登録されているため、実演用の市役所はつくれません。DATA= で別の場所を指定してください。")
    with trace.through("console"), reactions.quietly():
        for feature in house.features:
            if feature.seed:
                feature.seed()
        _settle()


def _settle() -> None:
    """What the helper would do in the background is done before anybody looks."""
    while jobs.drain():
        db.forget_reading()
