from datetime import timedelta

from advice import candidates, cards, documents, reactions, seeds, widgets
from advice.commands.commissions import keep_commissions
from advice.commands.pieces import remind_held
from advice.events import EVENTS
from advice.heeding import CommissionDecided, heed
from advice.permissions import RULES, Advise, Commissions, can_ask, can_give
from advice.views import book, commissions  # noqa: F401 (add their routes to the blueprint)
from advice.views.pieces import blueprint
from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import DIGEST, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN
from groupware.kernel.things import Offer

ASK = Offer("助言を求める", "advice", "advice.asking", lambda actor: can_ask(actor, None))
GIVE = Offer("助言として記録", "advice", "advice.giving", lambda actor: can_give(actor, None))
BOTH = (GIVE, ASK)

FEATURE = Feature(
    name="advice", label="助言・提言", blueprint=blueprint,
    access={"advice.static": PUBLIC, "advice.index": SIGNED_IN, "advice.sheet": SIGNED_IN, "advice.years": SIGNED_IN,
            "advice.asking": Advise.ASK, "advice.ask": Advise.ASK, "advice.giving": Advise.GIVE, "advice.give": Advise.GIVE,
            "advice.piece": Advise.SEE, "advice.writing": Advise.MOVE, "advice.write": Advise.MOVE, "advice.move": Advise.MOVE,
            "advice.settings": Advise.KEEP, "advice.change_settings": Advise.KEEP,
            "advice.commissions": SIGNED_IN, "advice.naming": Commissions.NAME, "advice.name": Commissions.NAME,
            "advice.commission": Commissions.SEE, "advice.renaming": Commissions.MOVE, "advice.rename": Commissions.MOVE,
            "advice.ask_desk": Commissions.MOVE, "advice.move_commission": Commissions.MOVE, "advice.tie_account": Commissions.MOVE},
    nouns={"advice.ruling": "助言・提言の決まり"}, rules=RULES, events=EVENTS, reactions=reactions.on, effects={CommissionDecided: heed},
    schedules=(Schedule("advice.remind", timedelta(hours=1), remind_held), Schedule("advice.commissions", timedelta(hours=1), keep_commissions)),
    cards={"advice.advice": cards.advice_cards, "advice.commission": cards.commission_cards}, jumps=cards.jumps,
    offers={"chat.message": BOTH, "boards.notice": BOTH, "meetings.item": BOTH, "meetings.entry": (GIVE,), "teams.team": BOTH},
    findables={"advice.advice": documents.FINDABLE, "advice.commission": documents.COMMISSIONED}, audiences=documents.audiences,
    todos=(widgets.advice_to_decide, widgets.commissions_to_settle),
    sections={"teams.team": widgets.advice_of_team}, candidates=(candidates.adopted_advice,),
    notices=(NoticeKind("advice.ask", "助言の依頼・対応のお願い", "助言を求められたとき、対応を決めるとき、保留の期限が来たとき", mail=DIGEST,
                        always=True),
             NoticeKind("advice.news", "助言のゆくえ", "自分が求めた・行った助言の対応が決まったとき、実施されたとき", mail=DIGEST),
             NoticeKind("advice.commission", "アドバイザーの委嘱", "委嘱が決裁されたとき、期間の終わりが近づいたとき、更新・満了・解嘱のとき",
                        mail=DIGEST, always=True)),
    nav=(NavItem("助言", "advice", "advice.index", 57),), seed=seeds.plant)
