"""From which state to which, by whom."""
from governance.models.papers import (
    APPROVED,
    CABINET,
    CONFIRM,
    COUNCIL,
    DUE,
    EDITING,
    FIXED,
    FROZEN,
    INTERIM,
    OPINION,
    OWN,
    PUBLISHED,
    RECEIVED,
    REPORTED,
    SECOND,
    SUBMITTED,
    WRITING,
)
from governance.models.plan import CHECKED, DECIDED, DRAFTED, DROPPED, FORMER, IN_FORCE
from groupware.kernel.flow import Flow, Step

SECTION, HEAD, STEERING, CIO, DIRECTOR = (frozenset({part}) for part in ("section", "head", "steering", "cio", "director"))
DECIDES = frozenset({"cio", "mayor"})
EDITION = Flow(
    Step("check", (DRAFTED,), CHECKED, frozenset({"steering"}), "影響を確かめた", needs_reason=True),
    Step("return", (CHECKED,), DRAFTED, DECIDES, "直してもらう", needs_reason=True),
    Step("decide", (CHECKED,), DECIDED, DECIDES, "決裁する"),
    Step("drop", (DRAFTED, CHECKED, DECIDED), DROPPED, frozenset({"steering"}), "取りやめる", needs_reason=True),
    Step("enforce", (DECIDED,), IN_FORCE, frozenset({"system"}), "施行する"),
    Step("replace", (IN_FORCE,), FORMER, frozenset({"system"}), "旧版にする"))

UNDERTAKING = Flow(
    Step("write", (WRITING,), WRITING, SECTION, "書く"),
    Step("submit", (WRITING,), SUBMITTED, SECTION, "課長に出す"),
    Step("approve", (SUBMITTED,), APPROVED, HEAD, "認めて行政管理課へ送る"),
    Step("return", (SUBMITTED,), WRITING, HEAD, "直して再提出してもらう", needs_reason=True),
    Step("receive", (APPROVED,), RECEIVED, STEERING, "受理する"),
    Step("return", (APPROVED, RECEIVED), WRITING, STEERING, "直して再提出してもらう", needs_reason=True),
    Step("fix", (RECEIVED,), FIXED, STEERING, "確定する"),
    Step("revise", (FIXED,), WRITING, SECTION, "期中に改める", needs_reason=True))


def report_flow(*, council: bool) -> Flow:
    """With or without the liaison council between 行政管理課 and the CIO."""
    before_cio = COUNCIL if council else APPROVED
    forward = [Step("forward", (APPROVED,), COUNCIL, STEERING, "連絡会議に出す")] if council else []
    return Flow(
        Step("write", (DUE, WRITING), WRITING, SECTION, "書く"),
        Step("submit", (WRITING,), SUBMITTED, SECTION, "課長に出す"),
        Step("approve", (SUBMITTED,), APPROVED, HEAD, "承認して行政管理課へ送る"),
        Step("return", (SUBMITTED,), WRITING, HEAD, "直して再提出してもらう", needs_reason=True),
        *forward,
        Step("return", (APPROVED, COUNCIL) if council else (APPROVED,), WRITING, STEERING, "直して再提出してもらう", needs_reason=True),
        Step("hear", (before_cio,), REPORTED, CIO, "報告を受けた"),
        Step("freeze", (REPORTED,), FROZEN, STEERING, "凍結する"))


def evaluation_flow(*, interim: bool) -> Flow:
    """With or without the 総務部長 before the CIO."""
    between = [Step("interim", (INTERIM,), CONFIRM, DIRECTOR, "中間確認をした")] if interim else []
    return Flow(
        Step("assess", (OWN,), OWN, SECTION, "自己評価を書く"),
        Step("approve", (OWN,), SECOND, HEAD, "認めて行政管理課へ送る"),
        Step("judge", (SECOND,), SECOND, STEERING, "二次評価を書く"),
        Step("gather", (SECOND,), OPINION, STEERING, "所見を求める"),
        Step("return", (SECOND,), OWN, STEERING, "直して再提出してもらう", needs_reason=True),
        Step("close", (OPINION,), INTERIM if interim else CONFIRM, STEERING, "所見を締めて送る"),
        *between,
        Step("return", (CONFIRM,), SECOND, CIO, "二次評価をやり直してもらう", needs_reason=True),
        Step("confirm", (CONFIRM,), CABINET, CIO, "確認した"),
        Step("cabinet", (CABINET,), EDITING, STEERING, "庁議に報告した"),
        Step("publish", (EDITING,), PUBLISHED, STEERING, "公表する"))
