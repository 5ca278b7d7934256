from datetime import timedelta

from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import DIGEST, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN
from teams import cards, documents, reactions, seeds, widgets
from teams.commands.people import end_terms
from teams.events import EVENTS
from teams.permissions import RULES, Teams
from teams.starting import DeskDecided, heed
from teams.views import blueprint

FEATURE = Feature(
    name="teams", label="DX推進チーム", blueprint=blueprint,
    access={"teams.static": PUBLIC, "teams.index": SIGNED_IN, "teams.new": Teams.PROPOSE, "teams.propose": Teams.PROPOSE,
            "teams.team": Teams.SEE, "teams.charter": Teams.MOVE, "teams.write": Teams.MOVE, "teams.move": Teams.MOVE,
            "teams.report": Teams.MOVE, "teams.ask": Teams.MOVE, "teams.seat": Teams.SEAT, "teams.unseat": Teams.SEAT},
    rules=RULES, events=EVENTS, reactions=reactions.on, effects={DeskDecided: heed},
    schedules=(Schedule("teams.end_terms", timedelta(hours=1), end_terms),),
    cards={"teams.team": cards.team_cards}, jumps=cards.jumps,
    findables={"teams.team": documents.TEAMS}, audiences=documents.audiences,
    todos=(widgets.teams_to_move,), widgets=(widgets.my_teams,),
    notices=(NoticeKind("teams.ask", "チームの手続のお願い", "提案・調整・完了報告があなたを待つとき、戻されたとき", mail=DIGEST, always=True),
             NoticeKind("teams.news", "チームのお知らせ", "チームに加わったとき、発足・解散したとき", mail=DIGEST)),
    nav=(NavItem("チーム", "people", "teams.index", 55),), seed=seeds.plant)
