"""A plan from the draft to the frozen end of its year, and a talk: which act, by whom."""
from groupware.kernel.flow import Flow, Step
from training.models.plans import ACTIVE, COMPLETE, DRAFT, HELD, LAPSED, PROPOSED, REVIEWING, SPARED, WAITING

SELF, HEAD, ALONE, SYSTEM = (frozenset({part}) for part in ("self", "head", "alone", "system"))

PLAN = Flow(
    Step("submit", (DRAFT,), WAITING, SELF, "所属長に出す"),
    Step("begin", (DRAFT,), ACTIVE, ALONE, "この計画で始める"),
    Step("recall", (WAITING,), DRAFT, SELF, "手もとに戻す"),
    Step("take", (WAITING,), REVIEWING, HEAD, "確認を始める"),
    Step("return", (REVIEWING,), DRAFT, HEAD, "直して出してもらう", needs_reason=True),
    Step("agree", (REVIEWING,), ACTIVE, HEAD, "この計画で進める"),
    Step("note", (ACTIVE,), ACTIVE, SELF | HEAD, "進みぐあいを残す", needs_reason=True),
    Step("revise", (ACTIVE,), DRAFT, SELF, "見直して書き直す"),
    Step("complete", (ACTIVE,), COMPLETE, HEAD | ALONE, "完了にする"),
    Step("close", (DRAFT, WAITING, REVIEWING, ACTIVE), COMPLETE, SYSTEM, "年度が終わった"),
    Step("renew", (COMPLETE,), COMPLETE, SELF, "次の年度の計画をつくる"))

TALK = Flow(
    Step("hold", (PROPOSED,), HELD, HEAD, "面談した"),
    Step("spare", (PROPOSED,), SPARED, HEAD, "面談しない", needs_reason=True),
    Step("lapse", (PROPOSED,), LAPSED, SYSTEM, "候補でなくなった"))
