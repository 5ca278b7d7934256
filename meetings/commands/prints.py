"""A bundle is asked for and, once the helper has made it, kept; so are the minutes that stand. One's own calendar gets an address."""
from hashlib import sha256
from secrets import token_urlsafe

from groupware.files.commands import attach_files
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Invalid
from meetings.minutes_events import FeedClosed, FeedOpened, PrintAsked, PrintKept
from meetings.models.bodies import LEVELS
from meetings.models.prints import BUNDLE, MINUTES, READY, WAITING, Feed, Print
from meetings.permissions import Table
from meetings.queries.items import items_of, papers_of
from meetings.queries.prints import is_within, print_ref, row_for, waiting_print
from meetings.queries.sittings import table_for
from meetings.rights import Minutes


@command(Minutes.PRINT, on=table_for)
def ask_bundle(actor: Actor, table: Table, level: str) -> int:
    """Of all items up to a level. Asked for twice, it is made once."""
    if level not in LEVELS:
        raise Invalid(level="どの範囲で綴じるかを選んでください。")
    within = {item.id for item in items_of(table.sitting.id) if is_within(item.level, level)}
    if not any(paper.item_id in within for paper in papers_of(table.sitting.id)):
        raise Invalid(level="この範囲には、綴じる資料がありません。")
    there = waiting_print(table.sitting.id, level)
    if there:
        raise Already(there.id)
    return _ask(actor, table, BUNDLE, level)


@command(Minutes.KEEP_PRINT, on=row_for)
def keep_print(actor: Actor, row: Print, file_id: str, parts: list[list[int]], pages: int) -> None:
    """By whoever asked for it: the file is theirs until it hangs here."""
    attach_files(actor, [file_id], print_ref(row.id))
    row.state, row.parts, row.pages, row.finished_at, row.done = READY, parts, pages, clock.now(), row.total
    record(actor, PrintKept(row.sitting_id, row.id, row.by_id))


@command(Minutes.FEED)
def open_feed(actor: Actor) -> str:
    """The key, shown this once. An older one ends with it."""
    key = token_urlsafe(32)
    db.session.merge(Feed(user_id=actor.user_id, digest=sha256(key.encode()).hexdigest(), made_at=clock.now()))
    record(actor, FeedOpened(actor.user_id))
    return key


@command(Minutes.FEED)
def close_feed(actor: Actor) -> None:
    feed = db.session.get(Feed, actor.user_id)
    if feed is None:
        raise Already(None)
    db.session.delete(feed)
    record(actor, FeedClosed(actor.user_id))


def ask_minutes(table: Table, by: Actor) -> None:
    """Inside the command that confirms them: one for each level at which something stands."""
    for level in sorted({item.level for item in items_of(table.sitting.id)}, key=list(LEVELS).index):
        _ask(by, table, MINUTES, level)


def _ask(actor: Actor, table: Table, what: str, level: str) -> int:
    row = Print(sitting_id=table.sitting.id, what=what, level=level, state=WAITING, parts=[], by_id=actor.user_id, asked_at=clock.now())
    db.session.add(row)
    db.session.flush()
    record(actor, PrintAsked(table.sitting.id, row.id))
    return row.id
