from datetime import timedelta

from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import DIGEST, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN
from groupware.kernel.ports import LeaderCoverage
from training import calendar, cards, reactions, seeds, widgets
from training.events import EVENTS
from training.permissions import RULES, Training, can_look
from training.port import Count
from training.views import blueprint

FEATURE = Feature(
    name="training", label="研修", blueprint=blueprint,
    access={
        "training.static": PUBLIC, "training.index": SIGNED_IN, "training.leaders": Training.LOOK, "training.proposing": Training.LOOK,
        "training.propose": Training.OFFER, "training.term": Training.SEE, "training.move": Training.MOVE, "training.practice": Training.PRACTISE,
        "training.keep_practice": Training.PRACTISE, "training.take_practice": Training.TAKE, "training.settings": Training.KEEP,
        "training.change_settings": Training.KEEP, "training.excusing": Training.KEEP, "training.excuse": Training.KEEP},
    nouns={"training.term": "デジタルリーダーの任期", "training.practice": "デジタルリーダーの実践", "training.ruling": "デジタルリーダーの決まり"},
    rules=RULES, events=EVENTS, reactions=reactions.on, schedules=(Schedule("training.keep_terms", timedelta(hours=1), calendar.keep_terms),),
    cards={"training.term": cards.term_cards}, jumps=cards.jumps, todos=(widgets.terms_to_do,), head_widgets=(widgets.leaders_here,),
    notices=(NoticeKind("training.ask", "デジタルリーダーの手続のお願い", "許可・確認・任命・所見を待つものが来たとき", mail=DIGEST, always=True),
             NoticeKind("training.term", "デジタルリーダーの任期", "自分の候補・任命・更新・満了のこと", mail=DIGEST, always=True)),
    ports={LeaderCoverage: Count()},
    nav=(NavItem("研修", "train", "training.index", 60, only=lambda actor: can_look(actor, None)),), seed=seeds.plant)
