"""Whose turn it is, told; and to both sides, how it was settled."""
from collections.abc import Iterable, Iterator

from coordination import events
from coordination.models import COUNCIL, RAISED, SETTLED, STEERED, Matter
from coordination.queries import asked_side, raising_side
from groupware.directory.queries import holders_of_role
from groupware.kernel import db
from groupware.kernel.findable import Touched
from groupware.kernel.reactions import Reactions
from groupware.kernel.things import Tied
from groupware.notifications.notice import Notice

on = Reactions()
ASK, NEWS = "coordination.ask", "coordination.news"
BOTH = {SETTLED: "調整事項が決着しました", COUNCIL: "調整事項が連絡会議に付議されました", "return": "調整事項が両者の調整に戻りました",
        "withdraw": "調整事項が取り下げられました", "say": "調整事項の経過が書かれました", "assign": "調整事項の対応が会議で決まりました"}


@on.within(*events.EVENTS)
def touch_matter(event: events.MatterMoved) -> Iterator[Touched]:
    yield Touched(event.about)


@on.later(events.MatterRaised)
def tie_measures(event: events.MatterRaised) -> Iterator[Tied]:
    matter = db.session.get(Matter, event.matter_id)
    for code in matter.measures.split() if matter else ():
        yield Tied(event.about, code)


@on.later(events.MatterRaised)
def ask_other_side(event: events.MatterRaised) -> Iterator[Notice]:
    matter = db.session.get(Matter, event.matter_id)
    if matter and matter.state == RAISED:
        yield from (Notice(user_id, event.about, f"「{matter.from_name}」から、調整のお願いです", ASK) for user_id in asked_side(matter))


@on.later(events.MatterMoved)
def tell_moved(event: events.MatterMoved) -> Iterator[Notice]:
    """The version makes a second round another reason."""
    matter = db.session.get(Matter, event.matter_id)
    if matter is None or matter.version != event.version:
        return
    words, people, kind = _next(matter, event.act)
    for user_id in dict.fromkeys(people):
        yield Notice(user_id, event.about, f"{words}（{event.version}）", kind)


def _next(matter: Matter, act: str) -> tuple[str, Iterable[int], str]:
    """What is said, to whom."""
    if act in {"accept", "object"}:
        return "調整のお願いが受諾されました" if act == "accept" else "調整のお願いに異議がありました", raising_side(matter), ASK
    if act == "escalate":
        return f"「{matter.from_name}」と「{matter.to_name}」の調整をお願いします", holders_of_role("steering"), ASK
    words = BOTH.get("" if matter.state == SETTLED else act) or BOTH.get(matter.state, "")
    return words, [*raising_side(matter), *asked_side(matter)], ASK if matter.state == STEERED else NEWS
