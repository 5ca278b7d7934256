"""Papers that open by the clock become to be found as they do."""
from datetime import timedelta

from sqlalchemy import select

from groupware.kernel import clock, db
from groupware.kernel.jobs import Schedule
from groupware.kernel.ref import Ref
from groupware.search.waiting import wait_for
from meetings.models.sittings import Item, Paper, Sitting

EVERY = timedelta(minutes=1)


def touch_opened() -> None:
    """Those of the last minutes, once more than needed rather than once too few."""
    since = clock.now() - 3 * EVERY
    begins, opens = Sitting.starts_at.between(since, clock.now()), Sitting.papers_at.between(since, clock.now())
    papers = select(Paper.id).join(Item, Item.id == Paper.item_id).join(Sitting, Sitting.id == Item.sitting_id).where(begins | opens)
    wait_for([Ref("meetings.paper", each) for each in db.session.scalars(papers)])


SCHEDULES = (Schedule("meetings.open_papers", EVERY, touch_opened),)
