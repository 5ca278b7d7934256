from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.notice_kind import AT_ONCE, NoticeKind
from groupware.kernel.permissions import PUBLIC
from groupware.kernel.ports import Whereabouts
from telework import cards, documents, port, reactions, seeds, widgets
from telework.events import EVENTS
from telework.permissions import RULES, Telework
from telework.views import applications, months, rules  # noqa: F401 (add their routes to the blueprint)
from telework.views.places import blueprint

FEATURE = Feature(
    name="telework", label="在席・テレワーク", blueprint=blueprint,
    access={
        "telework.static": PUBLIC, "telework.index": Telework.LOOK, "telework.say": Telework.SAY, "telework.applications": Telework.ASK,
        "telework.new_application": Telework.ASK, "telework.ask": Telework.ASK, "telework.application": Telework.SEE,
        "telework.move": Telework.MOVE, "telework.week": Telework.SEE, "telework.decide": Telework.MOVE,
        "telework.months": Telework.TALLY, "telework.months_list": Telework.TALLY,
        "telework.rules": Telework.RULE, "telework.rule": Telework.RULE},
    rules=RULES, events=EVENTS, reactions=reactions.on, nouns={"telework.application": "テレワークの申請", "telework.rules": "テレワークのきまり"},
    cards={"telework.application": cards.application_cards}, findables={"telework.application": documents.FOUND}, audiences=documents.audiences,
    todos=(widgets.applications_to_do, widgets.reports_to_do), widgets=(widgets.elsewhere,), ports={Whereabouts: port.Said()},
    notices=(NoticeKind("telework.ask", "テレワークの申請・報告", "所属長として、承認や確認を待つものが届いたとき", mail=AT_ONCE, always=True),
             NoticeKind("telework.answer", "テレワークの答え", "自分の申請が承認されたり、戻されたりしたとき", mail=AT_ONCE)),
    nav=(NavItem("在席", "seat", "telework.index", 70, only=lambda actor: not actor.outside),), seed=seeds.plant)
