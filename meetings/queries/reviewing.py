"""Which minutes wait to be read through by somebody."""
from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from meetings.models.bodies import Body, Member
from meetings.models.minutes import REVIEW, Record, Review
from meetings.models.sittings import Sitting
from meetings.rights import WATCHING


def sittings_to_review(actor: Actor) -> Sequence[Any]:
    """(sitting, body), those asked first first."""
    read = exists().where(Review.sitting_id == Sitting.id, Review.user_id == actor.user_id)
    asked = (select(Sitting, Body).join(Record, Record.sitting_id == Sitting.id).join(Body, Body.id == Sitting.body_id)
             .join(Member, Member.body_id == Body.id)
             .where(Record.state == REVIEW, Member.user_id == actor.user_id, Member.role.in_(WATCHING), ~read).order_by(Record.asked_at))
    return db.session.execute(asked).all()
