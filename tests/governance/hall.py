"""A small city hall with the plan of 北広島市 in it, and what its tests ask of it."""
from pathlib import Path
from typing import Any

from governance.commands.plan import adopt_plan
from governance.forms import PlanDraft
from groupware.kernel import db, json
from groupware.kernel.actor import SYSTEM, Actor
from tests.chat.town import adviser, person

FILE = Path(__file__).parents[2] / "governance" / "plans" / "kitahiroshima.json"


def said() -> dict[str, Any]:
    """The plan as the file has it, to be changed by a test at will."""
    found: dict[str, Any] = json.loads(FILE.read_bytes())
    return found


def draft(content: dict[str, Any], reason: str = "") -> PlanDraft:
    return PlanDraft.parse(json.dumps(content).encode(), reason)


def hall() -> dict[str, Actor]:
    """With the plan in force: one of 行政管理課 who steers, the CIO, a member of staff, an adviser from outside."""
    adopt_plan(SYSTEM, draft(said()))
    db.end_reading()
    return {"steering": person("井上 慎一", roles=("steering",)), "cio": person("諏訪 康之", roles=("cio",)), "staff": person("大沢 健"),
            "adviser": adviser()}
