"""A house of its own for each engine, and an index filled with what was written in the hall."""
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from benchmarks.product.city import SECRET
from features import FEATURES
from groupware.app import create_app
from groupware.config import Config
from groupware.database import close_database
from groupware.kernel.findable import Document
from groupware.running.migrations import migrate
from groupware.search.building import AT_A_TIME
from groupware.search.choosing import own_engine
from groupware.search.engines.engine import Engine
from groupware.search.entries import entry
from tests.support.databases import running_postgres


@contextmanager
def on_whoosh() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _house(Config(data=Path(folder), secret=SECRET, demo=False))


@contextmanager
def on_postgres() -> Iterator[Engine]:
    with running_postgres() as cluster, tempfile.TemporaryDirectory() as folder:
        yield from _house(Config(data=Path(folder), database_url=cluster.create_database(), secret=SECRET, demo=False))


def fill(engine: Engine, documents: Iterable[Document]) -> None:
    """A new index, built as the helper builds it, that then serves."""
    new = engine.beside()
    waiting = iter(documents)
    while some := list(islice(waiting, AT_A_TIME)):
        new.put([entry(each) for each in some], [each.ref for each in some])
    engine.give_way(new)


def _house(config: Config) -> Iterator[Engine]:
    migrate(config.database_url)
    with create_app(FEATURES, config).app_context():
        engine = own_engine()
        yield engine
        engine.close()
    close_database()
