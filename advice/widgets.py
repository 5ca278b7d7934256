"""What of advice waits for somebody, and how it stands in a team."""
from collections.abc import Iterator
from datetime import datetime, time

from advice.models import COMING, COMMISSIONS, GIVEN, GRANTED, HELD, PROXY, STATES, Advice
from advice.queries.book import decisions_waiting
from advice.queries.commissions import commissions_waiting
from advice.queries.pieces import of_team
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.kernel.widget import Todo, Widget
from groupware.ui.paths import path_for

ENDS = time(17, 15)
MOST = 6


def advice_to_decide(actor: Actor) -> Iterator[Todo]:
    for each in decisions_waiting(actor) if actor.user_id else ():
        act = _act(actor, each)
        due = datetime.combine(each.until, ENDS, clock.JST) if each.state == HELD and each.until else None
        yield Todo("助言", "advice", each.title, path_for("advice.piece", advice_id=each.id), act, f"{each.author_name}・{STATES[each.state]}", due)


def commissions_to_settle(actor: Actor) -> Iterator[Todo]:
    """行政管理課 commissions whom the desk has allowed, and decides in time what comes after the end."""
    for each in commissions_waiting(actor):
        due = datetime.combine(each.ends_on, ENDS, clock.JST) if each.state != GRANTED and each.ends_on else None
        yield Todo("委嘱", "guest", f"{each.name} さん（DXアドバイザー）", path_for("advice.commission", commission_id=each.id),
                   "委嘱する" if each.state == GRANTED else "更新を決める", COMMISSIONS[each.state], due)


def advice_of_team(actor: Actor, team: Ref) -> Widget | None:
    """On the page of a team, for whom it may be shown; nothing for whoever merely knows that the team is there."""
    found = of_team(actor, team)
    if not found:
        return None
    waiting = sum(each.state in {GIVEN, "answered"} for each in found)
    return Widget("助言・提言", f"{len(found)}件", "advice/_of_team.html", list(found[:MOST]), f"{waiting}件が対応待ち" if waiting else "", order=20)


def _act(actor: Actor, advice: Advice) -> str:
    if advice.author_id == actor.user_id:
        return "答える" if advice.state in COMING else "確かめる" if advice.wording == PROXY else "決める"
    return "承認する" if advice.state == "answered" else "決める"
