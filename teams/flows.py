"""From which state to which, by whom: A-4."""
from groupware.kernel.flow import Flow, Step
from teams.models import ACTIVE, ARCHIVED, ARRANGING, ASKING, DISSOLVED, DROPPED, PAUSED, PROPOSED, REPORTED

PROPOSER, HEAD, STEERING, OWNER, SYSTEM = (frozenset({part}) for part in ("proposer", "head", "steering", "owner", "system"))
TEAM = Flow(
    Step("write", (PROPOSED,), PROPOSED, PROPOSER, "書き直す"),
    Step("endorse", (PROPOSED,), ARRANGING, HEAD, "認めて行政管理課へ送る"),
    Step("drop", (PROPOSED, ARRANGING), DROPPED, PROPOSER | STEERING, "取りやめる", needs_reason=True),
    Step("write", (ARRANGING,), ARRANGING, STEERING, "書き直す"),
    Step("return", (ARRANGING,), PROPOSED, STEERING, "直して再提出してもらう", needs_reason=True),
    Step("ask", (ARRANGING,), ASKING, STEERING, "発足の承認をあおぐ"),
    Step("start", (ASKING,), ACTIVE, SYSTEM, "発足した"),
    Step("refuse", (ASKING,), ARRANGING, SYSTEM, "差し戻された"),
    Step("write", (ACTIVE,), ACTIVE, STEERING, "定めを改める"),
    Step("write", (PAUSED,), PAUSED, STEERING, "定めを改める"),
    Step("pause", (ACTIVE,), PAUSED, OWNER | STEERING, "休止する", needs_reason=True),
    Step("resume", (PAUSED,), ACTIVE, OWNER | STEERING, "活動を再開する"),
    Step("report", (ACTIVE,), REPORTED, OWNER, "完了を報告する"),
    Step("return", (REPORTED,), ACTIVE, STEERING, "続けてもらう", needs_reason=True),
    Step("dissolve", (REPORTED,), DISSOLVED, STEERING, "解散する"),
    Step("archive", (DISSOLVED,), ARCHIVED, STEERING, "保存に移す"))
