"""What a message said before it was corrected."""
from sqlalchemy import select

from chat.models import Message, Revision
from groupware.directory.queries import people_cards
from groupware.kernel import db


def history_of(message: Message) -> list[tuple[Revision, str]]:
    """(revision, who replaced it), newest first. Of a message taken back nothing is shown here: its words are gone for the room."""
    if message.deleted_at:
        return []
    rows = list(db.session.scalars(select(Revision).where(Revision.message_id == message.id).order_by(Revision.number.desc())))
    cards = people_cards([row.editor_id for row in rows])
    return [(row, cards[row.editor_id].name if row.editor_id in cards else "") for row in rows]
