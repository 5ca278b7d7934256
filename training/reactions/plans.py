"""Who has to look at a plan, and what came of it; who talks with whom."""
from collections.abc import Iterator

from groupware.directory.queries import people_cards
from groupware.kernel import db
from groupware.kernel.findable import Touched
from groupware.notifications.notice import Notice
from training.events import plans as events
from training.models.plans import PROPOSED, WAITING, Talk
from training.queries.courses import heads_above
from training.reactions.leaders import on

KIND = "training.plan"
SAID = {"return": "育成計画を直して、もう一度出してください", "agree": "育成計画を、この計画で進めることになりました",
        "complete": "育成計画が完了しました", "close": "年度が終わり、育成計画を完了にしました", "note": "育成計画に言葉が添えられました"}


@on.within(events.PlanWritten, events.PlanMoved)
def find_anew(event: events.PlanWritten) -> Iterator[Touched]:
    yield Touched(event.about)


@on.later(events.PlanMoved)
def tell_plan(event: events.PlanMoved) -> Iterator[Notice]:
    if event.state == WAITING:
        yield from (Notice(user_id, event.about, "育成計画の確認をお願いします", KIND) for user_id in _heads(event.user_id))
    elif event.act == "note" and event.by_id == event.user_id:
        yield from (Notice(user_id, event.about, "育成計画の進みぐあいが書かれました", KIND) for user_id in _heads(event.user_id))
    elif event.act in SAID and event.by_id != event.user_id:
        yield Notice(event.user_id, event.about, SAID[event.act], KIND)


@on.later(events.TalkProposed)
def tell_talk(event: events.TalkProposed) -> Iterator[Notice]:
    talk = db.session.get(Talk, event.talk_id)
    if talk and talk.state == PROPOSED:
        yield Notice(event.user_id, event.about, "異動した先に要るスキルについて、所属長との面談の候補になりました", KIND)
        yield from (Notice(user_id, event.about, "異動してきた人との面談をお願いします", KIND) for user_id in _heads(event.user_id))


def _heads(user_id: int) -> list[int]:
    card = people_cards([user_id]).get(user_id)
    return heads_above(user_id, card.unit_id) if card and card.unit_id else []
