from groupware.kernel.agenda import AgendaDesk
from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.notice_kind import AT_ONCE, BELL, DIGEST, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN
from groupware.kernel.retained import Retained
from meetings import (
    cards,
    documents,
    inquiring,
    inquiry_doors,
    inquiry_events,
    labels,
    minutes_doors,
    minutes_events,
    minutes_widgets,
    opening,
    reactions,
    rights,
    seeds,
    viewer_doors,
    weeks,
    widgets,
)
from meetings.events import EVENTS
from meetings.grouping import GroupBodies
from meetings.permissions import RULES, Meetings, visible_sittings
from meetings.putting import Agendas
from meetings.views import inquiries, minutes, preparing, prints, results, series, viewing  # noqa: F401 (add their routes to the blueprint)
from meetings.views.reading import blueprint

FEATURE = Feature(
    name="meetings", label="会議", blueprint=blueprint,
    access={
        "meetings.static": PUBLIC, "meetings.index": SIGNED_IN, "meetings.body": Meetings.KNOW, "meetings.sitting": Meetings.SEE,
        "meetings.paper": Meetings.READ_PAPER, "meetings.new_body": Meetings.FOUND, "meetings.found": Meetings.FOUND,
        "meetings.settings": Meetings.MANAGE, "meetings.change_body": Meetings.MANAGE, "meetings.new_sitting": Meetings.PLAN,
        "meetings.plan": Meetings.PLAN, "meetings.new_series": Meetings.PLAN, "meetings.plan_series": Meetings.PLAN,
        "meetings.editing": Meetings.PREPARE, "meetings.change_sitting": Meetings.PREPARE,
        "meetings.answer": Meetings.ANSWER, "meetings.calendar_file": Meetings.SEE,
        "meetings.keep_standing": Meetings.PREPARE,
        "meetings.call": Meetings.PREPARE, "meetings.cancel": Meetings.PREPARE, "meetings.new_item": Meetings.PREPARE,
        "meetings.add_item": Meetings.PREPARE, "meetings.editing_item": Meetings.EDIT_ITEM, "meetings.change_item": Meetings.EDIT_ITEM,
        "meetings.move_item": Meetings.EDIT_ITEM, "meetings.drop_item": Meetings.EDIT_ITEM, "meetings.new_papers": Meetings.HANG,
        "meetings.hang": Meetings.HANG, "meetings.replacing": Meetings.REPLACE, "meetings.replace": Meetings.REPLACE,
        "meetings.drop_paper": Meetings.REPLACE, **minutes_doors.ACCESS, **viewer_doors.ACCESS,
        **inquiry_doors.ACCESS},
    rules=RULES | rights.RULES | inquiring.RULES, events=EVENTS + minutes_events.EVENTS + inquiry_events.EVENTS, reactions=inquiry_doors.on,
    nouns={"meetings.body": "会議体", "meetings.sitting": "会議"},
    sockets=viewer_doors.SOCKETS, signals=viewer_doors.SIGNALS, followers=reactions.followers,
    schedules=opening.SCHEDULES + minutes_doors.SCHEDULES + inquiry_doors.SCHEDULES, effects=minutes_doors.EFFECTS,
    cards={"meetings.body": cards.body_cards, "meetings.sitting": cards.sitting_cards, "meetings.item": cards.item_cards,
           "meetings.paper": cards.paper_cards} | minutes_doors.CARDS | inquiry_doors.CARDS,
    retained={"meetings.paper": Retained("会議の資料"), "meetings.print": Retained("会議資料の綴り・会議録"),
              "meetings.offer": Retained("議題の照会への答え")},
    sights={"meetings.sitting": visible_sittings}, labels={"meetings.paper": labels.secret_papers}, jumps=cards.jumps,
    findables={"meetings.item": documents.FINDABLE, "meetings.paper": documents.PAPERS} | minutes_doors.FINDABLES,
    audiences=documents.audiences, weeks=(weeks.sittings_of_week,),
    nav=(NavItem("会議", "meet", "meetings.index", 40),), engagements=(widgets.sittings_today,), widgets=(widgets.meetings_ahead,),
    todos=(minutes_widgets.actions_to_do, minutes_widgets.minutes_to_review, *inquiry_doors.TODOS),
    notices=(NoticeKind("meetings.called", "会議の開催", "出る会議が知らされたとき", mail=DIGEST),
             NoticeKind("meetings.changed", "会議の変更と中止", "日時・場所が変わったとき、中止のとき", mail=AT_ONCE, always=True),
             NoticeKind("meetings.paper", "資料の差し替え", "読める資料が新しい版になったとき", show=BELL, mail=DIGEST), *minutes_doors.NOTICES,
             *inquiry_doors.NOTICES),
    group_places={"meetings.body": GroupBodies()}, ports={AgendaDesk: Agendas()}, seed=seeds.plant)
