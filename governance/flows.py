"""From which state to which, by whom."""
from governance.models.plan import CHECKED, DECIDED, DRAFTED, DROPPED, FORMER, IN_FORCE
from groupware.kernel.flow import Flow, Step

EDITION = Flow(
    Step("check", (DRAFTED,), CHECKED, frozenset({"steering"}), "影響を確かめた", needs_reason=True),
    Step("return", (CHECKED,), DRAFTED, frozenset({"cio"}), "直してもらう", needs_reason=True),
    Step("decide", (CHECKED,), DECIDED, frozenset({"cio"}), "決裁する"),
    Step("drop", (DRAFTED, CHECKED, DECIDED), DROPPED, frozenset({"steering"}), "取りやめる", needs_reason=True),
    Step("enforce", (DECIDED,), IN_FORCE, frozenset({"system"}), "施行する"),
    Step("replace", (IN_FORCE,), FORMER, frozenset({"system"}), "旧版にする"))
