"""A sitting from the plan to its results, and a seat in it from the application to the completion: which act, by whom."""
from groupware.kernel.flow import Flow, Step
from training.models.courses import (
    ABSENT,
    APPLIED,
    ATTENDED,
    BOOKED,
    CALLED_OFF,
    CALLING,
    CANCELLED,
    COMING,
    COMPLETED,
    FAILED,
    NOBODY,
    PLANNED,
    REFUSED,
    SETTLED,
    SHUT,
    WAITING,
    WITHDRAWN,
)

SELF, HEAD, KEEPER, SYSTEM = (frozenset({part}) for part in ("self", "head", "keeper", "system"))
AGAIN = (NOBODY, WITHDRAWN, REFUSED)

SITTING = Flow(
    Step("announce", (PLANNED,), CALLING, KEEPER, "募集を始める"),
    Step("shut", (CALLING,), SHUT, KEEPER, "募集を終える"),
    Step("reopen", (SHUT,), CALLING, KEEPER, "募集を再開する"),
    Step("settle", (CALLING, SHUT), SETTLED, KEEPER, "結果を確定する"),
    Step("cancel", (PLANNED, CALLING, SHUT), CANCELLED, KEEPER, "中止する", needs_reason=True))

SEAT = Flow(
    Step("apply", AGAIN, APPLIED, SELF, "申し込む"),
    Step("name", (*AGAIN, APPLIED), WAITING, HEAD | KEEPER, "受講を指名する"),
    Step("permit", (APPLIED,), WAITING, HEAD, "承認する"),
    Step("refuse", (APPLIED,), REFUSED, HEAD, "承認しない", needs_reason=True),
    Step("seat", (WAITING,), BOOKED, SYSTEM, "席が決まった"),
    Step("withdraw", COMING, WITHDRAWN, SELF | HEAD, "取りやめる"),
    Step("call-off", COMING, CALLED_OFF, SYSTEM, "開催が中止された"),
    Step("lapse", (APPLIED, WAITING), WITHDRAWN, SYSTEM, "席のないまま終わった"),
    Step("attend", (BOOKED,), ATTENDED, KEEPER, "出席"),
    Step("complete", (BOOKED, ATTENDED), COMPLETED, KEEPER, "修了"),
    Step("fail", (BOOKED, ATTENDED), FAILED, KEEPER, "未修了", needs_reason=True),
    Step("miss", (BOOKED,), ABSENT, KEEPER, "欠席", needs_reason=True))
MARKS = ("attend", "complete", "fail", "miss")
