"""What the helper process does with a sheet: a child reads it, under limits of time and memory."""
import tempfile
from pathlib import Path
from typing import Any

from governance.commands.sheets import keep_rows
from governance.queries.sheets import sheet_body
from governance.sheets.bringing import SheetDue
from groupware.kernel.actor import SYSTEM
from groupware.kernel.child import Child

SECONDS = 30.0
UNREADABLE = "ファイルを読み取れませんでした。Excel で開いて保存し直してから、もう一度お試しください。"
_child = Child("governance.sheets.child")


def work_on(due: SheetDue) -> None:
    """Whatever happens, whoever brought it is told."""
    body = sheet_body(due.sheet_id)
    if body is not None:
        found = _read(body)
        keep_rows(SYSTEM, due.sheet_id, found.get("rows") or [], found.get("trouble", ""))


def _read(body: bytes) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        path.write_bytes(body)
        return _child.ask({"path": str(path)}, SECONDS) or {"trouble": UNREADABLE}
