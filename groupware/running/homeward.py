"""SQLite has done its duty when its log is on the disc. From there into the database takes as long again: beside, and nobody waits for it."""
from contextlib import closing
from threading import Event

from flask import current_app

from groupware.kernel.engines import engine

OFTEN = 2       # seconds


def bring_home(stop: Event) -> None:
    made = engine(current_app.config["HOUSE"].database_url, writes=False)
    if made.dialect.name != "sqlite":
        stop.wait()
        return
    with closing(made.raw_connection()) as held:
        while not stop.wait(OFTEN):
            held.cursor().execute("pragma wal_checkpoint(passive)").fetchone()
