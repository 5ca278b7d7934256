"""How an application goes on (facts C-3): from which state to which, by whom."""
from groupware.kernel.flow import Flow, Step
from telework.models.applications import ASKED, CONFIRMED, GRANTED, PAUSED, REFUSED, REPORTED, WITHDRAWN, WORKING

SELF, HEAD = frozenset({"self"}), frozenset({"head"})
APPLICATION = Flow(
    Step("grant", (ASKED,), GRANTED, HEAD, "承認する"),
    Step("refuse", (ASKED,), REFUSED, HEAD, "承認しない", needs_reason=True),
    Step("withdraw", (ASKED, GRANTED), WITHDRAWN, SELF, "取り消す"),
    Step("start", (GRANTED,), WORKING, SELF, "始業を報告する"),
    Step("pause", (WORKING,), PAUSED, SELF, "中断する"),
    Step("resume", (PAUSED,), WORKING, SELF, "再開する"),
    Step("report", (WORKING,), REPORTED, SELF, "終業を報告する", needs_reason=True),
    Step("again", (REPORTED,), WORKING, HEAD, "報告を書き直してもらう", needs_reason=True),
    Step("confirm", (REPORTED,), CONFIRMED, HEAD, "確認する"))
TOGETHER = {"grant", "refuse"}
ON_THE_DAY = {"start", "pause", "resume", "report"}
