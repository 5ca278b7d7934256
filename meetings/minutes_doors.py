"""What the manifest says of minutes, votes, actions and what is printed."""
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import DIGEST, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN, Door, Permission
from meetings import chasing, minutes_cards, minutes_documents, printing
from meetings.commands.prints import keep_print
from meetings.permissions import Meetings
from meetings.rights import Minutes

ACCESS: Mapping[str, Permission | Door] = {
    "meetings.minutes": Minutes.READ, "meetings.minutes_panel": Minutes.READ, "meetings.item_minutes": Minutes.READ,
    "meetings.composer": Minutes.READ, "meetings.write_entry": Minutes.WRITE, "meetings.editing_entry": Minutes.READ,
    "meetings.change_entry": Minutes.WRITE, "meetings.remove_entry": Minutes.WRITE, "meetings.start_item": Minutes.RUN,
    "meetings.finish_item": Minutes.RUN, "meetings.call_roll": Minutes.RUN, "meetings.close_sitting": Minutes.RUN,
    "meetings.publish_summary": Minutes.RUN, "meetings.move_minutes": Minutes.MOVE, "meetings.review_minutes": Minutes.REVIEW,
    "meetings.propose_correction": Minutes.REVIEW, "meetings.accept_correction": Minutes.SETTLE,
    "meetings.decline_correction": Minutes.SETTLE, "meetings.open_vote": Minutes.RUN, "meetings.cast_ballot": Minutes.VOTE,
    "meetings.cast_for_deputy": Minutes.RUN, "meetings.end_vote": Minutes.RUN, "meetings.actions_list": SIGNED_IN,
    "meetings.action": Minutes.SEE_ACTION, "meetings.change_action": Minutes.ACT,
    "meetings.prepare_digest": Minutes.DIGEST,
    "meetings.prints": Meetings.SEE, "meetings.ask_bundle": Minutes.PRINT, "meetings.feed_address": SIGNED_IN, "meetings.open_feed": Minutes.FEED,
    "meetings.close_feed": Minutes.FEED, "meetings.feed": PUBLIC}
EFFECTS: Mapping[type, Callable[[Any], None]] = {printing.ToPrint: partial(printing.make, keep=keep_print)}
SCHEDULES = (Schedule("meetings.chase", timedelta(minutes=10), chasing.chase),)
CARDS = {"meetings.entry": minutes_cards.entry_cards, "meetings.action": minutes_cards.action_cards,
         "meetings.print": minutes_cards.print_cards}
FINDABLES = {"meetings.entry": minutes_documents.FINDABLE}
NOTICES = (NoticeKind("meetings.minutes", "議事録", "確認を頼まれたとき、直しの申し出と答え、確定", mail=DIGEST),
           NoticeKind("meetings.action", "会議の対応事項", "頼まれたとき、期限が近いとき、過ぎたとき", mail=DIGEST, always=True))
