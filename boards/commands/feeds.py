"""The address of one's own feed: made, made anew, closed."""
from hashlib import sha256
from secrets import token_urlsafe

from boards.events import FeedClosed, FeedOpened
from boards.models.feeds import Feed
from boards.permissions import Boards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record


@command(Boards.FEED)
def open_feed(actor: Actor) -> str:
    """The key, shown this once. An older one ends with it."""
    key = token_urlsafe(32)
    feed = db.session.get(Feed, actor.user_id) or Feed(user_id=actor.user_id)
    feed.digest, feed.made_at = sha256(key.encode()).hexdigest(), clock.now()
    db.session.add(feed)
    record(actor, FeedOpened(actor.user_id))
    return key


@command(Boards.FEED)
def close_feed(actor: Actor) -> None:
    feed = db.session.get(Feed, actor.user_id)
    if feed is None:
        raise Already(None)
    db.session.delete(feed)
    record(actor, FeedClosed(actor.user_id))
