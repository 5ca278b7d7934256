"""The child that opens what somebody brought: {"path"} in, {"rows"} or {"trouble"} out."""
from pathlib import Path
from typing import Any

from governance.sheets.reading import read
from groupware.kernel.child import serve
from groupware.kernel.errors import Invalid

MEGABYTES = 1_024       # of address space


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"rows": [[row.number, row.cells] for row in read(Path(asked["path"]).read_bytes())]}
    except Invalid as wrong:
        return {"trouble": wrong.message}


if __name__ == "__main__":
    serve(answer, megabytes=MEGABYTES)
