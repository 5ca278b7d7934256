from coordination import reactions, seeds, things
from coordination.commands import carry_back
from coordination.events import EVENTS
from coordination.permissions import RULES, Coordination, can_raise
from coordination.views import blueprint
from groupware.kernel.feature import Feature
from groupware.kernel.notice_kind import DIGEST, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN
from groupware.kernel.things import Offer, Resolved

RAISE = Offer("調整事項を出す", "follow", "coordination.new", lambda actor: can_raise(actor, None))

FEATURE = Feature(
    name="coordination", label="調整事項", blueprint=blueprint,
    access={"coordination.static": PUBLIC, "coordination.index": SIGNED_IN, "coordination.new": Coordination.RAISE,
            "coordination.raise_one": Coordination.RAISE, "coordination.matter": Coordination.SEE, "coordination.move": Coordination.MOVE},
    rules=RULES, events=EVENTS, reactions=reactions.on, effects={Resolved: carry_back}, jumps=things.jumps,
    cards={"coordination.matter": things.matter_cards}, offers={"teams.team": (RAISE,)}, findables={"coordination.matter": things.FINDABLE},
    audiences=things.audiences,
    todos=(things.matters_to_move,), sections={"teams.team": things.matters_of_team}, candidates=(things.for_council,),
    notices=(NoticeKind("coordination.ask", "調整のお願い", "調整事項の返事や調整を求められたとき", mail=DIGEST, always=True),
             NoticeKind("coordination.news", "調整事項のゆくえ", "自分のチームの調整事項が進んだとき、決着したとき", mail=DIGEST)),
    seed=seeds.plant)
