"""From the asking to what came of it: A-6. Beside it, the words of somebody outside that another wrote down."""
from advice.models import (
    ACCEPTED,
    ADOPTED,
    ANSWERED,
    ASKED,
    CHECKED,
    CLOSED,
    COMING,
    CONFIRMED,
    DECLINED,
    DONE,
    GIVEN,
    HELD,
    OBJECTED,
    OWN,
    PARTLY,
    PROXY,
    REJECTED,
    WITHDRAWN,
)
from groupware.kernel.flow import Flow, Step

AUTHOR, ASKER, SECTION, HEAD, STEERING, STAND_IN = (frozenset({part}) for part in ("author", "asker", "section", "head", "steering", "proxy"))
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
