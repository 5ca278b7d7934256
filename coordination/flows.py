"""From the raising to the settlement: A-7."""
from coordination.models import ARRANGING, COUNCIL, OPEN, RAISED, SETTLED, STEERED, WITHDRAWN
from groupware.kernel.flow import Flow, Step

FROM, TO, STEERING, RESOLVING = (frozenset({part}) for part in ("from", "to", "steering", "council"))
MATTER = Flow(
    Step("accept", (RAISED,), ARRANGING, TO, "受諾する"),
    Step("object", (RAISED,), ARRANGING, TO, "異議を述べる", needs_reason=True),
    Step("settle", (ARRANGING,), SETTLED, FROM | STEERING, "決着した", needs_reason=True),
    Step("settle", (STEERED, COUNCIL), SETTLED, STEERING, "決着した", needs_reason=True),
    Step("say", (ARRANGING,), ARRANGING, FROM | TO | STEERING, "経過を書く", needs_reason=True),
    Step("say", (STEERED,), STEERED, FROM | TO | STEERING, "経過を書く", needs_reason=True),
    Step("say", (COUNCIL,), COUNCIL, FROM | TO | STEERING, "経過を書く", needs_reason=True),
    Step("escalate", (RAISED, ARRANGING), STEERED, FROM | TO, "行政管理課に上げる", needs_reason=True),
    Step("refer", (STEERED,), COUNCIL, STEERING, "連絡会議に付議する"),
    Step("return", (STEERED, COUNCIL), ARRANGING, STEERING, "両者の調整に戻す", needs_reason=True),
    Step("withdraw", (RAISED, ARRANGING, STEERED), WITHDRAWN, FROM, "取り下げる", needs_reason=True),
    Step("resolve", OPEN, SETTLED, RESOLVING, "会議で決まった"), Step("resolve", (SETTLED,), SETTLED, RESOLVING, "会議で決まった"),
    *(Step("assign", (state,), state, RESOLVING, "会議で対応が決まった") for state in (*OPEN, SETTLED)))
