"""Whose turn it is, told; and to whoever gave the advice, what became of it. And of commissions: what the desk said, what is near its end."""
from collections.abc import Iterable, Iterator
from datetime import date

from advice import events
from advice.flows import WORDING
from advice.heeding import CommissionDecided
from advice.models import ANSWERED, CHECKED, CLOSED, DECISIONS, DONE, GIVEN, OWN, PROXY, Advice, Commission
from advice.queries.pieces import deciders
from groupware.approvals.events import ApprovalGranted, ApprovalReturned, ApprovalWithdrawn
from groupware.directory.queries import holders_of_role
from groupware.kernel import clock, db
from groupware.kernel.findable import Touched
from groupware.kernel.reactions import Reactions
from groupware.kernel.things import Practised, Tied
from groupware.notifications.notice import Notice

on = Reactions()
ASK, NEWS, OFFICE = "advice.ask", "advice.news", "advice.commission"
TO_STEERING = {"grant": "委嘱が決裁されました。守秘の同意を得て、委嘱してください", "refuse": "委嘱の伺いが戻されました",
               "review": "委嘱の終わりが近づいています。更新するかどうかを決めてください", "keep": "更新の伺いが戻されました",
               "extend": "委嘱が更新されました", "expire": "委嘱の期間が満了しました"}
TO_ADVISER = {"commission": "DXアドバイザーに委嘱されました", "review": "委嘱の期間の終わりが近づいています", "extend": "委嘱が更新されました",
              "dismiss": "委嘱が解かれました", "expire": "委嘱の期間が満了しました"}
SPOKEN = {DONE: "助言が実施されました", CHECKED: "助言の効果が確かめられました", CLOSED: "助言の記録が完了しました",
          "accept": "助言の依頼が受け付けられました", "decline": "助言の依頼は引き受けられませんでした"}
Told = Iterable[tuple[int | None, str, str]]


@on.within(*events.OF_ADVICE, *events.OF_COMMISSIONS)
def touch_advice(event: events.AdviceMoved) -> Iterator[Touched]:
    yield Touched(event.about)


@on.later(events.AdviceAsked, events.AdviceGiven)
def tie_measures(event: events.AdviceGiven) -> Iterator[Tied]:
    advice = db.session.get(Advice, event.advice_id)
    for code in advice.codes if advice else ():
        yield Tied(event.about, code)


@on.later(events.AdviceGiven, events.AdviceRewritten)
def keep_practice(event: events.AdviceGiven) -> Iterator[Practised]:
    """The leader's own: what another wrote down for somebody is no practice of a leader."""
    advice = db.session.get(Advice, event.advice_id)
    if advice and advice.given_on and advice.wording == OWN and not advice.author_outside:
        yield Practised(advice.author_id, event.about, advice.given_on, advice.minutes, advice.unit_id, advice.title)


@on.later(events.AdviceAsked)
def tell_asked(event: events.AdviceAsked) -> Iterator[Notice]:
    """Who is asked from outside may have no terminal: 行政管理課 knows of it too."""
    advice = db.session.get(Advice, event.advice_id)
    if advice:
        yield Notice(advice.author_id, event.about, "助言の依頼が届きました", ASK)
        yield from (Notice(user_id, event.about, f"{advice.author_name} さんへの助言の依頼です", ASK)
                    for user_id in (holders_of_role("steering") if advice.author_outside else ()) if user_id != advice.asker_id)


@on.later(events.AdviceGiven)
def tell_given(event: events.AdviceGiven) -> Iterator[Notice]:
    advice = db.session.get(Advice, event.advice_id)
    if advice and advice.state == GIVEN:
        yield from _notices(advice, _given(advice))


@on.later(events.AdviceRewritten)
def tell_rewritten(event: events.AdviceRewritten) -> Iterator[Notice]:
    advice = db.session.get(Advice, event.advice_id)
    if advice and advice.wording == PROXY and advice.version == event.version:
        yield Notice(advice.author_id, event.about, f"代わりに記録された助言が直されました。確かめてください（{event.version}）", ASK)


@on.later(events.AdviceMoved)
def tell_moved(event: events.AdviceMoved) -> Iterator[Notice]:
    """The version makes a second round another reason."""
    advice = db.session.get(Advice, event.advice_id)
    if advice and advice.version == event.version:
        again = f"（{event.version}）" if event.act in {"urge", "return", "object", "answer"} else ""
        yield from _notices(advice, ((who, words + again, kind) for who, words, kind in _next(advice, event.act)))


@on.within(ApprovalGranted, ApprovalReturned, ApprovalWithdrawn)
def heed_desk(event: ApprovalGranted) -> Iterator[CommissionDecided]:
    if event.ref.kind == Commission.kind:
        yield CommissionDecided(event.ref.id, granted=isinstance(event, ApprovalGranted))


@on.later(events.CommissionMoved)
def tell_commission(event: events.CommissionMoved) -> Iterator[Notice]:
    """The version makes a second round another reason."""
    found = db.session.get(Commission, event.commission_id)
    if found and event.act in TO_STEERING:
        yield from (Notice(user_id, event.about, f"{TO_STEERING[event.act]}（{event.version}）", OFFICE) for user_id in holders_of_role("steering"))
    if found and found.user_id and event.act in TO_ADVISER:
        yield Notice(found.user_id, event.about, f"{TO_ADVISER[event.act]}（{event.version}）", OFFICE)


@on.later(events.HoldEnded)
def tell_hold(event: events.HoldEnded) -> Iterator[Notice]:
    advice = db.session.get(Advice, event.advice_id)
    if advice:
        words = f"保留の期限が来ました（{clock.wareki(date.fromisoformat(event.until))}まで）"
        yield from _notices(advice, [(who, words, ASK) for who in (*deciders(advice), advice.asker_id)])


def _given(advice: Advice) -> Told:
    yield from ((who, "助言への対応を決めてください", ASK) for who in deciders(advice))
    yield advice.asker_id, "助言が記録されました", NEWS
    if advice.wording == PROXY:
        yield advice.author_id, "あなたの助言が代わりに記録されました。確かめてください", ASK


def _next(advice: Advice, act: str) -> Told:
    """Who is told what, after an act."""
    if act in WORDING.acts:
        return [(who, "代わりに記録した助言に、本人が直しを求めています", ASK) for who in holders_of_role("steering")] if act == "object" else []
    if act == "urge":
        return [(who, "行政管理課から、助言への対応のお願いです", ASK) for who in _turn(advice)]
    if act == "return":
        return [(advice.answerer_id, "助言への対応の案を直してください", ASK)]
    if advice.state == ANSWERED:
        return [(who, "助言への対応の承認をお願いします", ASK) for who in deciders(advice)]
    words = SPOKEN.get(act) or SPOKEN.get(advice.state) or f"助言への対応が決まりました：{DECISIONS.get(advice.state, '')}"
    return [(who, words, NEWS) for who in (advice.author_id, advice.asker_id)] if act != "withdraw" else [
        (advice.author_id, "助言の依頼が取り下げられました", NEWS)]


def _turn(advice: Advice) -> list[int]:
    return [advice.author_id] if advice.state in {"asked", "accepted"} else deciders(advice)


def _notices(advice: Advice, told: Told) -> Iterator[Notice]:
    for user_id, words, kind in told:
        if user_id:
            yield Notice(user_id, advice.ref, words, kind)
