"""The plan of the demo city: the one that 北広島市 has published, word for word."""
from pathlib import Path

from governance.commands.plan import adopt_plan
from governance.forms import PlanDraft
from groupware.kernel.actor import SYSTEM

FILE = Path(__file__).parent / "plans" / "kitahiroshima.json"


def plant() -> None:
    adopt_plan(SYSTEM, PlanDraft.parse(FILE.read_bytes()))
