from datetime import timedelta

from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import DIGEST, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN
from groupware.kernel.ports import TeamRoll
from groupware.kernel.things import Offer, Resolved
from teams import cards, documents, reactions, seeds, weeks, widgets
from teams.candidates import in_need
from teams.commands.carrying import carry_back
from teams.commands.people import end_advising, end_terms
from teams.events import EVENTS
from teams.landmarks import landmarks
from teams.permissions import RULES, Teams, visible_tasks
from teams.reminding import remind
from teams.rendering import SlowPage, render_page
from teams.roll import Roll
from teams.seating import AdvisesNoMore
from teams.starting import DeskDecided, heed
from teams.views import blueprint, checkins, council, members, pages, plans, tasks  # noqa: F401 (add their routes to the blueprint)

MAKE_TASK = Offer("チームのタスクにする", "todo", "teams.task_from")
NOTE_DECISION = Offer("チームの決定に載せる", "seal", "teams.decision_from")

FEATURE = Feature(
    name="teams", label="DX推進チーム", blueprint=blueprint,
    access={"teams.static": PUBLIC, "teams.index": SIGNED_IN, "teams.new": Teams.PROPOSE, "teams.propose": Teams.PROPOSE,
            "teams.team": Teams.SEE, "teams.charter": Teams.MOVE, "teams.write": Teams.MOVE, "teams.move": Teams.MOVE,
            "teams.report": Teams.MOVE, "teams.ask": Teams.MOVE, "teams.seat": Teams.SEAT, "teams.unseat": Teams.SEAT,
            "teams.members": Teams.SEE, "teams.steps": Teams.SEE,
            "teams.tasks": Teams.LOOK_IN, "teams.tasks_list": Teams.LOOK_IN, "teams.new_task": Teams.WORK,
            "teams.add_task": Teams.WORK, "teams.task": Teams.LOOK_IN, "teams.editing_task": Teams.WORK, "teams.change_task": Teams.WORK,
            "teams.move_task": Teams.WORK, "teams.tick": Teams.WORK, "teams.drop_task": Teams.WORK, "teams.task_from": SIGNED_IN,
            "teams.checkins": Teams.LOOK_IN, "teams.give_checkin": Teams.CHECK_IN, "teams.choose_day": Teams.CHECK_IN, "teams.pulse": Teams.OVERSEE,
            "teams.plans": Teams.LOOK_IN, "teams.new_milestone": Teams.WORK, "teams.set_milestone": Teams.WORK,
            "teams.editing_milestone": Teams.WORK, "teams.change_milestone": Teams.WORK, "teams.reach_milestone": Teams.WORK,
            "teams.drop_milestone": Teams.WORK, "teams.new_decision": Teams.WORK, "teams.decision_from": SIGNED_IN,
            "teams.note_decision": Teams.WORK, "teams.pages": Teams.LOOK_IN, "teams.page": Teams.LOOK_IN, "teams.revisions": Teams.LOOK_IN,
            "teams.new_page": Teams.WORK, "teams.begin_page": Teams.WORK, "teams.editing_page": Teams.WORK, "teams.write_page": Teams.WORK,
            "teams.put_page_away": Teams.WORK,
            "teams.council": Teams.CONVENE, "teams.put_on_agenda": Teams.CONVENE},
    rules=RULES, events=EVENTS, reactions=reactions.on,
    effects={DeskDecided: heed, AdvisesNoMore: end_advising, SlowPage: render_page, Resolved: carry_back},
    schedules=(Schedule("teams.end_terms", timedelta(hours=1), end_terms), Schedule("teams.remind", timedelta(minutes=20), remind)),
    cards={"teams.team": cards.team_cards, "teams.task": cards.task_cards, "teams.checkin": cards.checkin_cards,
           "teams.milestone": cards.milestone_cards, "teams.decision": cards.decision_cards, "teams.page": cards.page_cards},
    sights={"teams.task": visible_tasks}, jumps=cards.jumps,
    offers=dict.fromkeys(("chat.message", "meetings.action", "boards.notice"), (MAKE_TASK,)) | {"meetings.entry": (NOTE_DECISION,)},
    findables={"teams.team": documents.TEAMS, "teams.task": documents.TASKS, "teams.checkin": documents.WORDS,
               "teams.decision": documents.DECISIONS, "teams.milestone": documents.MILESTONES, "teams.page": documents.PAGES},
    audiences=documents.audiences,
    candidates=(in_need,), landmarks=landmarks,
    todos=(widgets.teams_to_move, widgets.tasks_to_do, widgets.words_to_give, widgets.milestones_to_reach),
    weeks=(weeks.tasks_of_week,), widgets=(widgets.my_teams, widgets.teams_to_watch),
    notices=(NoticeKind("teams.ask", "チームの手続のお願い", "提案・調整・完了報告があなたを待つとき、戻されたとき", mail=DIGEST, always=True),
             NoticeKind("teams.news", "チームのお知らせ", "チームに加わったとき、発足・解散したとき", mail=DIGEST),
             NoticeKind("teams.task", "チームのタスク", "タスクを頼まれたとき、確認を頼まれたとき", mail=DIGEST),
             NoticeKind("teams.late", "タスクの期限", "期限の前の日と、過ぎたとき", mail=DIGEST, always=True),
             NoticeKind("teams.word", "チームの週の一言", "たずねる日が来たとき、チームが支援を求めたとき", mail=DIGEST, always=True)),
    ports={TeamRoll: Roll()}, nav=(NavItem("チーム", "people", "teams.index", 55),), seed=seeds.plant)
