"""How long files on notices may stay."""
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select

from boards.models.notices import WITHDRAWN, Notice
from groupware.kernel import db
from groupware.kernel.retained import Retained


def withdrawn(notice_ids: Collection[int]) -> Mapping[int, datetime]:
    rows = select(Notice.id, Notice.withdrawn_at).where(Notice.id.in_(notice_ids), Notice.state == WITHDRAWN)
    return {notice_id: at for notice_id, at in db.session.execute(rows) if at}


RETAINED = {"boards.notice": Retained("掲示板のお知らせ", withdrawn)}
