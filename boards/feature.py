from datetime import timedelta

from boards import calendar, cards, documents, reactions, restoring, seeds, weeks, widgets
from boards.announcing import Drafts
from boards.events import EVENTS
from boards.grouping import GroupBoards
from boards.permissions import RULES, Boards, visible_notices
from boards.queries.receipts import badge
from boards.retained import RETAINED
from boards.views import answering, circulating, feeds, places, sending, words  # noqa: F401 (add their routes and words to the blueprint)
from boards.views.reading import blueprint
from groupware.kernel.announcing import NoticeDesk
from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import AT_ONCE, BELL, DIGEST, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN

FEATURE = Feature(
    name="boards", label="掲示板", blueprint=blueprint,
    access={
        "boards.static": PUBLIC, "boards.index": SIGNED_IN, "boards.board": Boards.ENTER,
        "boards.notice": Boards.SEE, "boards.revisions": Boards.SEE, "boards.confirm": Boards.CONFIRM, "boards.stand_in": Boards.STAND_IN,
        "boards.comment": Boards.COMMENT, "boards.unsay": Boards.UNSAY,
        "boards.new_notice": Boards.POST, "boards.draft": Boards.POST, "boards.audience": Boards.POST, "boards.editing": Boards.EDIT,
        "boards.edit": Boards.EDIT, "boards.preview": Boards.EDIT, "boards.publish": Boards.EDIT, "boards.recall": Boards.RECALL,
        "boards.withdraw": Boards.EDIT,
        "boards.answer": Boards.ANSWER, "boards.results": Boards.COLLECT, "boards.answers_list": Boards.COLLECT, "boards.keep_model": Boards.EDIT,
        "boards.stamp": Boards.STAMP, "boards.stand_at": Boards.STAND_AT, "boards.give_back": Boards.STAMP, "boards.skip": Boards.LEAD,
        "boards.resume": Boards.LEAD, "boards.feed_address": SIGNED_IN, "boards.open_feed": Boards.FEED, "boards.close_feed": Boards.FEED,
        "boards.feed": PUBLIC,
        "boards.drop": Boards.EDIT, "boards.people": Boards.WATCH, "boards.people_list": Boards.WATCH, "boards.remind": Boards.REMIND,
        "boards.new_board": Boards.MANAGE, "boards.create": Boards.MANAGE, "boards.settings": Boards.MANAGE, "boards.change": Boards.MANAGE,
        "boards.archive": Boards.MANAGE, "boards.reopen": Boards.MANAGE},
    rules=RULES, events=EVENTS, reactions=reactions.on,
    nouns={"boards.board": "掲示板", "boards.comment": "お知らせの書き込み", "boards.feed": "掲示板のフィード"},
    effects={calendar.ToAddress: calendar.address, calendar.OrganisationMoved: calendar.follow_all, calendar.ApprovalCame: calendar.heed,
             calendar.SlowMarkup: calendar.render_now},
    retained=RETAINED,
    schedules=(Schedule("boards.calendar", timedelta(minutes=1), calendar.keep_calendar),
               Schedule("boards.follow", timedelta(hours=1), calendar.follow_all)),
    cards={"boards.notice": cards.notice_cards, "boards.board": cards.board_cards}, sights={"boards.notice": visible_notices},
    jumps=cards.jumps, weeks=(weeks.notices_of_week,), findables={"boards.notice": documents.FINDABLE}, audiences=documents.audiences,
    nav=(NavItem("掲示板", "board", "boards.index", 30),), badges={"boards.index": badge},
    todos=(widgets.notices_to_confirm,), widgets=(widgets.notices_to_read,),
    head_widgets=(widgets.notices_of_section,),
    notices=(NoticeKind("boards.confirm", "確認のお願い", "要確認のお知らせが載ったとき", mail=DIGEST, always=True),
             NoticeKind("boards.answer", "回答のお願い", "設問に答えるお知らせが載ったとき", mail=DIGEST, always=True),
             NoticeKind("boards.round", "回覧", "回覧が回ってきたとき、戻されたとき、ひと回りしたとき", mail=AT_ONCE, always=True),
             NoticeKind("boards.reminder", "まだの方へのお願い", "確認や回答の催促が来たとき", mail=AT_ONCE, always=True),
             NoticeKind("boards.important", "重要・緊急のお知らせ", "読めばよいが大事なお知らせが載ったとき", mail=DIGEST),
             NoticeKind("boards.told", "ふつうのお知らせ", "読めばよいお知らせを、次の朝までに開いていないとき（朝に一度）", show=BELL, mail=DIGEST),
             NoticeKind("boards.question", "お尋ねと答え", "あなたのお知らせへのお尋ねや、あなたのお尋ねへの答え")),
    group_places={"boards.board": GroupBoards()}, ports={NoticeDesk: Drafts()}, seed=seeds.plant, restored=(restoring.tell_nobody_again,))
