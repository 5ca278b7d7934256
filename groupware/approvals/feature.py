from datetime import timedelta

from groupware.approvals import cards, following, reactions, seeds, widgets
from groupware.approvals.desk import Desk
from groupware.approvals.events import EVENTS
from groupware.approvals.permissions import RULES, Approvals
from groupware.approvals.queries.askings import badge
from groupware.approvals.views import blueprint
from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import AT_ONCE, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN
from groupware.kernel.ports import ApprovalDesk

FEATURE = Feature(
    name="approvals", label="決裁", blueprint=blueprint,
    access={
        "approvals.static": PUBLIC, "approvals.index": SIGNED_IN, "approvals.show": Approvals.SEE, "approvals.approve": Approvals.DECIDE,
        "approvals.send_back": Approvals.DECIDE, "approvals.withdraw": Approvals.WITHDRAW, "approvals.new": Approvals.ASK,
        "approvals.ask": Approvals.ASK, "approvals.away": Approvals.BE_AWAY, "approvals.go_away": Approvals.BE_AWAY,
        "approvals.be_back": Approvals.BE_AWAY},
    rules=RULES, events=EVENTS, reactions=reactions.on, effects={following.SeatsMoved: following.follow_all},
    schedules=(Schedule("approvals.follow", timedelta(hours=1), following.follow_all),), cards={"approvals.asking": cards.asking_cards},
    findables={"approvals.asking": cards.FINDABLE}, audiences=cards.audiences, ports={ApprovalDesk: Desk()},
    notices=(NoticeKind("approvals.asked", "決裁のお願い", "決裁するものが届いたとき", mail=AT_ONCE, always=True),
             NoticeKind("approvals.answered", "決裁の答え", "あおいだことが決裁されたり、差し戻されたりしたとき", mail=AT_ONCE)),
    nav=(NavItem("決裁", "approve", "approvals.index", 80, only=lambda actor: not actor.outside),), badges={"approvals.index": badge},
    todos=(widgets.askings_to_decide,), seed=seeds.plant)
