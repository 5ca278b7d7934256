"""From the asking to what came of it: A-6. Beside it, the words of somebody outside that another wrote down; and 委嘱: B-6."""
from advice.models import (
    ACCEPTED,
    ADOPTED,
    ANSWERED,
    ASKED,
    ASKING,
    CANDIDATE,
    CHECKED,
    CLOSED,
    COMING,
    CONFIRMED,
    DECLINED,
    DISMISSED,
    DONE,
    DROPPED,
    EXPIRED,
    GIVEN,
    GRANTED,
    HELD,
    OBJECTED,
    OWN,
    PARTLY,
    PROXY,
    REJECTED,
    RENEWING,
    REVIEW,
    SERVES,
    SERVING,
    WITHDRAWN,
)
from groupware.kernel.flow import Flow, Step

AUTHOR, ASKER, SECTION, HEAD, STEERING, STAND_IN, SYSTEM = (
    frozenset({part}) for part in ("author", "asker", "section", "head", "steering", "proxy", "system"))
DECIDING = {"adopt": ADOPTED, "partly": PARTLY, "reject": REJECTED, "hold": HELD}
URGED = (ASKED, ACCEPTED, GIVEN, ANSWERED, HELD, ADOPTED, PARTLY, DONE)


def advice_flow(*, by_head: bool) -> Flow:
    """The answer of the section with or without the consent of its head."""
    decides, before = (HEAD, (GIVEN, ANSWERED, HELD)) if by_head else (SECTION, (GIVEN, ANSWERED, HELD))
    proposing = [Step("answer", (GIVEN, HELD), ANSWERED, SECTION, "対応の案を課長に出す")] if by_head else []
    return Flow(
        Step("accept", (ASKED,), ACCEPTED, AUTHOR | STAND_IN, "受け付ける"),
        Step("record", COMING, GIVEN, AUTHOR | STAND_IN, "助言を記録する"),
        Step("decline", COMING, DECLINED, AUTHOR | STAND_IN, "引き受けられないと返す", needs_reason=True),
        Step("withdraw", COMING, WITHDRAWN, ASKER, "依頼を取り下げる"),
        *proposing,
        Step("return", (ANSWERED,), GIVEN, HEAD, "対応の案を直してもらう", needs_reason=True),
        Step("adopt", before, ADOPTED, decides, "採用する"),
        Step("partly", before, PARTLY, decides, "一部を採用する", needs_reason=True),
        Step("reject", before, REJECTED, decides, "採用しない", needs_reason=True),
        Step("hold", before, HELD, decides, "保留にする", needs_reason=True),
        Step("carry", (ADOPTED, PARTLY), DONE, SECTION, "実施した"),
        Step("check", (DONE,), CHECKED, SECTION, "効果を確かめた"),
        Step("close", (CHECKED,), CLOSED, HEAD | STEERING, "完了にする"),
        *(Step("urge", (state,), state, STEERING, "対応を促した") for state in URGED))


WORDING = Flow(
    Step("confirm", (PROXY,), CONFIRMED, AUTHOR, "自分の助言だと確かめた"),
    Step("object", (PROXY,), OBJECTED, AUTHOR, "直してほしい", needs_reason=True),
    Step("rewrite", (PROXY, OBJECTED), PROXY, STAND_IN, "代理の記録を書き直した"),
    Step("rewrite", (OWN,), OWN, AUTHOR, "書き直した"))

COMMISSION = Flow(
    Step("write", (CANDIDATE,), CANDIDATE, STEERING, "書き直した"),
    Step("ask", (CANDIDATE,), ASKING, STEERING, "委嘱の伺いを立てた"),
    Step("grant", (ASKING,), GRANTED, SYSTEM, "委嘱が決裁された"),
    Step("refuse", (ASKING,), CANDIDATE, SYSTEM, "委嘱の伺いが戻された"),
    Step("drop", (CANDIDATE, GRANTED), DROPPED, STEERING, "見送る", needs_reason=True),
    Step("commission", (GRANTED,), SERVING, STEERING, "委嘱する"),
    *(Step("tie", (state,), state, STEERING, "アカウントを結び付けた") for state in (CANDIDATE, GRANTED, *SERVES)),
    Step("begin", (SERVING,), SERVING, SYSTEM, "期間が始まった"),
    Step("review", (SERVING,), REVIEW, SYSTEM, "更新を考える時期になった"),
    Step("renew", (SERVING, REVIEW), RENEWING, STEERING, "更新の伺いを立てた"),
    Step("extend", (RENEWING,), SERVING, SYSTEM, "更新された"),
    Step("keep", (RENEWING,), REVIEW, SYSTEM, "更新の伺いが戻された"),
    Step("expire", SERVES, EXPIRED, SYSTEM, "期間が満了した"),
    Step("dismiss", SERVES, DISMISSED, STEERING, "解嘱する", needs_reason=True))
