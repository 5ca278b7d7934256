"""What the manifest says of asking units, and of papers that are still to come."""
from collections.abc import Mapping
from datetime import timedelta

from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import DIGEST, NoticeKind
from groupware.kernel.permissions import Door, Permission
from meetings import chasing, inquiry_cards, inquiry_reactions, inquiry_widgets
from meetings.inquiring import Inquiries

ACCESS: Mapping[str, Permission | Door] = {
    "meetings.new_inquiry": Inquiries.ASK, "meetings.ask_units": Inquiries.ASK, "meetings.inquiry": Inquiries.SEE,
    "meetings.remind_units": Inquiries.REMIND, "meetings.take_offers": Inquiries.TAKE, "meetings.replying": Inquiries.ANSWER,
    "meetings.bring_nothing": Inquiries.ANSWER, "meetings.offer_item": Inquiries.ANSWER, "meetings.withdraw_offer": Inquiries.ANSWER,
    "meetings.new_awaited": Inquiries.AWAIT, "meetings.await_paper": Inquiries.AWAIT, "meetings.await_no_more": Inquiries.AWAIT}
CARDS = {"meetings.inquiry": inquiry_cards.inquiry_cards, "meetings.offer": inquiry_cards.offer_cards}
SCHEDULES = (Schedule("meetings.chase_units", timedelta(minutes=10), chasing.chase_units_that_are_late),)
TODOS = (inquiry_widgets.items_to_bring, inquiry_widgets.papers_to_bring)
NOTICES = (NoticeKind("meetings.inquiry", "会議の議題と資料の照会", "所属に照会が届いたとき、期限が近いとき、答えが届いたとき、資料を待っているとき",
                      mail=DIGEST, always=True),)
on = inquiry_reactions.on
