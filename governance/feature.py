from datetime import timedelta

from governance import calendar, cards, console, documents, reactions, seeds, widgets
from governance.commands.ties import keep_resolved, keep_tied
from governance.events import EVENTS
from governance.marking import leave_mark
from governance.permissions import RULES, Governance, can_tie
from governance.port import Measures
from governance.queries.ties import chips, tags
from governance.sheets.bringing import SheetDue
from governance.sheets.helping import work_on
from governance.views import editions, papers, roadmap, sheets, survey, ties  # noqa: F401 (add their routes to the blueprint)
from governance.views.plan import blueprint
from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import AT_ONCE, DIGEST, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN
from groupware.kernel.ports import PlanMeasures
from groupware.kernel.things import Offer, Resolved, Tied

TIEABLE = ("chat.message", "boards.notice", "meetings.paper", "meetings.item", "meetings.entry", "teams.team")
TIE = Offer("施策に結び付ける", "plan", "governance.new_tie", lambda actor: can_tie(actor, None))

FEATURE = Feature(
    name="governance", label="DX推進", blueprint=blueprint,
    access={
        "governance.static": PUBLIC, "governance.index": SIGNED_IN, "governance.plan": SIGNED_IN, "governance.measure": SIGNED_IN,
        "governance.glossary": SIGNED_IN, "governance.editions": SIGNED_IN, "governance.edition": SIGNED_IN, "governance.revision": SIGNED_IN,
        "governance.draft": Governance.DRAFT, "governance.move": Governance.MOVE_EDITION, "governance.roadmap": SIGNED_IN,
        "governance.survey": SIGNED_IN, "governance.keeping": Governance.KEEP, "governance.name_leads": Governance.KEEP,
        "governance.enter_bar": Governance.KEEP, "governance.take_bar": Governance.KEEP, "governance.settings": Governance.KEEP,
        "governance.change_settings": Governance.KEEP, "governance.new_indicator": Governance.MEASURE,
        "governance.enter_indicator": Governance.MEASURE, "governance.indicator": Governance.MEASURE,
        "governance.change_indicator": Governance.MEASURE, "governance.drop_indicator": Governance.MEASURE,
        "governance.keep_reading": Governance.MEASURE, "governance.undertakings": SIGNED_IN, "governance.new_undertaking": Governance.PLAN_YEAR,
        "governance.plan_undertaking": Governance.PLAN_YEAR, "governance.undertaking": Governance.SEE,
        "governance.writing_undertaking": Governance.MOVE, "governance.write_undertaking": Governance.MOVE,
        "governance.move_undertaking": Governance.MOVE, "governance.reports": SIGNED_IN, "governance.open_round": Governance.OPEN_ROUND,
        "governance.report": Governance.SEE, "governance.writing_report": Governance.MOVE, "governance.write_report": Governance.MOVE,
        "governance.move_report": Governance.MOVE, "governance.open_evaluations": Governance.OPEN_ROUND, "governance.evaluation": Governance.SEE,
        "governance.write_evaluation": Governance.MOVE, "governance.move_evaluation": Governance.MOVE, "governance.opine": Governance.OPINE,
        "governance.sheets": Governance.ROUND_TRIP, "governance.take_sheet": Governance.ROUND_TRIP,
        "governance.bring_sheet": Governance.ROUND_TRIP, "governance.sheet": Governance.ROUND_TRIP,
        "governance.apply_sheet": Governance.ROUND_TRIP,
        "governance.new_tie": Governance.TIE, "governance.tie": Governance.TIE, "governance.untie": Governance.TIE},
    rules=RULES, events=EVENTS, reactions=reactions.on, before_commit=(leave_mark,),
    nouns={"governance.edition": "計画の版", "governance.evaluation": "年度評価", "governance.opinion": "助言・所見", "governance.sheet": "報告の表"},
    schedules=(Schedule("governance.enforce", timedelta(minutes=10), calendar.enforce_editions),
               Schedule("governance.remind", timedelta(hours=1), calendar.remind_late)),
    cards={"governance.measure": cards.measure_cards, "governance.term": cards.term_cards, "governance.report": cards.report_cards,
           "governance.undertaking": cards.undertaking_cards, "governance.evaluation": cards.evaluation_cards}, jumps=cards.jumps,
    offers=dict.fromkeys(TIEABLE, (TIE,)), chips=chips, tags=tags, effects={Tied: keep_tied, Resolved: keep_resolved, SheetDue: work_on},
    findables={"governance.measure": documents.MEASURES, "governance.term": documents.TERMS, "governance.report": documents.REPORTS,
               "governance.undertaking": documents.UNDERTAKINGS},
    audiences=documents.audiences, todos=(widgets.reports_to_do, widgets.undertakings_to_do),
    candidates=(widgets.late_reports,), widgets=(widgets.missing_reports,),
    notices=(NoticeKind("governance.ask", "報告・評価のお願い", "報告を求められたとき、承認や確認を待つものが来たとき、戻されたとき", mail=DIGEST,
                        always=True),
             NoticeKind("governance.late", "報告の期限が過ぎたとき", "本人、係長、課長の順に知らせます", mail=AT_ONCE, always=True)),
    ports={PlanMeasures: Measures()}, nav=(NavItem("DX推進", "plan", "governance.index", 50),), commands=console.group, seed=seeds.plant)
