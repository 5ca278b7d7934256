"""Evidence from a draft to the certification or back: which act, by whom."""
from groupware.kernel.flow import Flow, Step
from training.models.skills import CERTIFIED, DROPPED, RETURNED, REVIEWING, SUBMITTED, WRITING

SELF, REVIEWER = frozenset({"self"}), frozenset({"head", "steering"})

CLAIM = Flow(
    Step("submit", (WRITING, RETURNED), SUBMITTED, SELF, "審査に出す"),
    Step("drop", (WRITING, SUBMITTED, RETURNED), DROPPED, SELF, "取り下げる"),
    Step("take", (SUBMITTED,), REVIEWING, REVIEWER, "審査を始める"),
    Step("certify", (REVIEWING,), CERTIFIED, REVIEWER, "認定する"),
    Step("return", (REVIEWING,), RETURNED, REVIEWER, "直して再提出してもらう", needs_reason=True))
