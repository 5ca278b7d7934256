"""From a candidate to the end of a term: which act, by whom."""
from groupware.kernel.flow import Flow, Step
from training.models.leaders import (
    ACTIVE,
    CANDIDATE,
    CHECKED,
    COMING,
    DECLINED,
    DISMISSED,
    EXPIRED,
    OFFERED,
    READY,
    RENEWED,
    RESIGNED,
    REVIEW,
    SELECTED,
)

SELF, HEAD, STEERING, SYSTEM = (frozenset({part}) for part in ("self", "head", "steering", "system"))


def term_flow(*, by_cio: bool) -> Flow:
    """発令 is by the CIO, or by 行政管理課."""
    appoints = frozenset({"cio"}) if by_cio else STEERING
    return Flow(
        Step("permit", (OFFERED,), CANDIDATE, HEAD, "許可する"),
        Step("decline", (OFFERED,), DECLINED, HEAD, "許可しない", needs_reason=True),
        Step("check", (CANDIDATE,), CHECKED, STEERING, "要件を確かめた"),
        Step("select", (CHECKED,), SELECTED, STEERING, "選定する"),
        Step("decline", (CANDIDATE, CHECKED, SELECTED, READY), DECLINED, STEERING, "見送る", needs_reason=True),
        Step("finish", (SELECTED,), READY, STEERING, "前提の研修を修了した"),
        Step("waive", (SELECTED,), READY, STEERING, "すでに学んでいるので免除する", needs_reason=True),
        Step("appoint", (READY,), ACTIVE, appoints, "任命する"),
        Step("review", (ACTIVE,), REVIEW, STEERING | SYSTEM, "更新の審査を始める"),
        Step("stay", (REVIEW,), REVIEW, SELF, "続けたい"),
        Step("leave", (REVIEW,), REVIEW, SELF, "任期で終えたい"),
        Step("opine", (REVIEW,), REVIEW, HEAD, "所属長の所見を書く", needs_reason=True),
        Step("renew", (REVIEW,), RENEWED, appoints, "再任する"),
        Step("expire", (ACTIVE, REVIEW), EXPIRED, SYSTEM, "任期が満了した"),
        Step("end", (*COMING, ACTIVE, REVIEW), RESIGNED, SYSTEM, "退職により終わった"),
        Step("resign", (*COMING, ACTIVE, REVIEW), RESIGNED, SELF, "辞退する"),
        Step("dismiss", (ACTIVE, REVIEW), DISMISSED, STEERING, "解任する", needs_reason=True))
