"""May these bytes leave the house? Asked whenever they would."""
import time

from flask import current_app
from sqlalchemy import ColumnElement, or_, select

from groupware.files.checking.clamd import CLEAN
from groupware.files.models import Blob, File
from groupware.kernel import db
from groupware.kernel.errors import Refusal

PATIENCE = 4.0          # seconds the browser is kept waiting for a file that has only just come
NOT_YET = "ウイルス検査が終わるまで、このファイルは開けません。しばらくしてから、もう一度お試しください。"
FOUND = "ウイルス検査で問題（{}）が見つかったため、このファイルは開けません。送った人と情報担当にお知らせください。"
NOT_WHOLE = "暗号が掛かっているか、大きすぎて、ウイルス検査で中まで見られないため、このファイルは開けません（{}）。"


RUN_OUT = "保存期間が過ぎたため削除しました"


class Removed(Refusal):
    status = 410
    code = "removed"
    sentence = f"このファイルは、{RUN_OUT}。"


class Shut(Refusal):
    status = 423
    code = "shut"


def passed(file: File) -> File:
    """Raises Removed for what is no more.

    Raises Shut for what is not known to be clean: found, not looked at yet, or the scanner is away. Without a scanner only for
    what was found.
    """
    verdict, threat = file.blob.verdict, file.blob.threat
    if is_open(file):
        return file
    if file.removed_at:
        raise Removed
    if verdict is None:
        verdict, threat = _awaited(file)
    if verdict != CLEAN:
        raise Shut(_reason(verdict, threat))
    return file


def is_open(file: File) -> bool:
    """As it stands at this moment; nobody waits."""
    blob = file.blob
    if file.removed_at or blob.erased_at:
        return False
    return blob.verdict == CLEAN or (blob.verdict is None and not current_app.config["CLAMD"])


def opening() -> ColumnElement[bool]:
    """The same, asked of many rows of Blob at once."""
    clean = Blob.verdict == CLEAN
    return clean if current_app.config["CLAMD"] else or_(clean, Blob.verdict.is_(None))


def reason(file: File) -> str:
    """Why it is not open."""
    return f"このファイルは、{RUN_OUT}。" if file.removed_at else _reason(file.blob.verdict, file.blob.threat)


def _reason(verdict: str | None, threat: str) -> str:
    if verdict is None:
        return NOT_YET
    return (NOT_WHOLE if threat.startswith("Heuristics.") else FOUND).format(threat)


def _awaited(file: File) -> tuple[str | None, str]:
    """No connection is held meanwhile; who gave up waiting once is told at once."""
    sha256, until = file.sha256, time.monotonic() + (PATIENCE if file.blob.tried_at is None else 0)
    while True:
        verdict, threat = db.session.execute(select(Blob.verdict, Blob.threat).where(Blob.sha256 == sha256)).one()
        db.end_reading()
        if verdict or time.monotonic() > until:
            return verdict, threat
        time.sleep(0.1)
