"""What somebody's own reader gets: the newest notices that they may see at this moment."""
from hashlib import sha256

from sqlalchemy import or_, select

from boards.models.feeds import Feed
from boards.models.notices import OPEN, Notice
from boards.permissions import visible_notices
from groupware.directory.queries import actor_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound

NEWEST = 30


def feed_of(actor: Actor) -> Feed | None:
    return db.session.get(Feed, actor.user_id)


def holder_of_key(key: str) -> Actor:
    """Raises NotFound for a key that nobody has any more, or whose holder may no longer come in."""
    user_id = db.session.scalar(select(Feed.user_id).where(Feed.digest == sha256(key.encode()).hexdigest()))
    actor = actor_for(user_id) if user_id else None
    if actor is None:
        raise NotFound
    return actor


def newest_for(actor: Actor) -> list[Notice]:
    up = or_(Notice.ends_at.is_(None), Notice.ends_at > clock.now())
    rows = select(Notice).where(Notice.id.in_(visible_notices(actor)), Notice.state == OPEN, up)
    return list(db.session.scalars(rows.order_by(Notice.published_at.desc(), Notice.id.desc()).limit(NEWEST)))
