"""順次回覧: the steps which a notice goes, one after another or side by side."""
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

AHEAD, HERE, STAMPED, SKIPPED, RETURNED = "ahead", "here", "stamped", "skipped", "returned"
PLACES = {AHEAD: "これから", HERE: "いまここ", STAMPED: "見ました", SKIPPED: "飛ばした", RETURNED: "差し戻した"}
BEHIND = {STAMPED, SKIPPED}
GOING, BACK, ROUND = "going", "back", "round"       # of the whole: under way, given back to the sending side, at its end


class Step(Base):
    """Of the round ``asked``. ``who`` is a person, or a unit for any one of which a stamp is enough; with ``post_id`` whoever holds that post there.

    Steps of one ``stage`` lie side by side. What was pressed is kept as it was: who, their post then, in whose stead.
    """

    __tablename__ = "boards_step"
    __table_args__ = (Index("ix_boards_step_notice", "notice_id", "asked", "stage"), Index("ix_boards_step_due", "state", "due_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("boards_notice.id"))
    asked: Mapped[int]
    stage: Mapped[int]
    who: Mapped[str]
    post_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(default=AHEAD)
    due_at: Mapped[datetime | None]
    since: Mapped[datetime | None]
    chased_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    user_id: Mapped[int | None]
    user_name: Mapped[str] = mapped_column(default="")
    user_label: Mapped[str] = mapped_column(default="")
    seal: Mapped[str] = mapped_column(default="")
    stands_in: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
