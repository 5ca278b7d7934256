"""How long files on messages may stay."""
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select

from chat.models import Message
from groupware.kernel import db
from groupware.kernel.retained import Retained


def taken_back(message_ids: Collection[int]) -> Mapping[int, datetime]:
    rows = select(Message.id, Message.deleted_at).where(Message.id.in_(message_ids), Message.deleted_at.is_not(None))
    return {message_id: at for message_id, at in db.session.execute(rows) if at}


RETAINED = {"chat.message": Retained("チャットの投稿", taken_back)}
