"""Papers whose reading is recorded: 機密."""
from collections.abc import Collection, Mapping

from sqlalchemy import select

from groupware.kernel import db
from meetings.models.bodies import LEVELS, SECRET
from meetings.models.sittings import Item, Paper


def secret_papers(paper_ids: Collection[int]) -> Mapping[int, str]:
    asked = select(Paper.id).join(Item, Item.id == Paper.item_id).where(Paper.id.in_(paper_ids), Item.level == SECRET)
    return dict.fromkeys(db.session.scalars(asked), LEVELS[SECRET])
