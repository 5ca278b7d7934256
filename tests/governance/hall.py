"""A small city hall with the plan of 北広島市 in it, and what its tests ask of it."""
from pathlib import Path
from typing import Any

from governance.commands.plan import adopt_plan
from governance.commands.reports import open_round
from governance.commands.roadmap import name_leads
from governance.forms import PlanDraft
from governance.forms.papers import RoundDraft
from governance.forms.roadmap import LeadsDraft
from governance.queries.roadmap import measures
from groupware.kernel import db, json
from groupware.kernel.actor import SYSTEM, Actor
from tests.chat.town import adviser, person
from tests.directory.town import actor, build_town, unit
from tests.directory.town import adviser as an_adviser
from tests.directory.town import person as citizen
from tests.support.prepared import prepared

FILE = Path(__file__).parents[2] / "governance" / "plans" / "kitahiroshima.json"


def said() -> dict[str, Any]:
    """The plan as the file has it, to be changed by a test at will."""
    found: dict[str, Any] = json.loads(FILE.read_bytes())
    return found


def draft(content: dict[str, Any], reason: str = "") -> PlanDraft:
    return PlanDraft.parse(json.dumps(content).encode(), reason)


@prepared
def hall() -> dict[str, Actor]:
    """With the plan in force: one of 行政管理課 who steers, the CIO, a member of staff, an adviser from outside."""
    adopt_plan(SYSTEM, draft(said()))
    db.end_reading()
    return {"steering": person("井上 慎一", roles=("steering",)), "cio": person("諏訪 康之", roles=("cio",)), "staff": person("大沢 健"),
            "adviser": adviser()}


@prepared
def town() -> dict[str, Actor]:
    """With the plan in force, M03 led by 市民課: everybody who plays a part in a report, and some who play none."""
    adopt_plan(SYSTEM, draft(said()))
    build_town()
    made = {"clerk": ("柏木 真帆", "0311", "主事", ()), "chief": ("長谷部 悠", "0311", "係長", ()), "head": ("藤倉 美咲", "0310", "課長", ()),
            "above": ("相馬 典子", "0300", "部長", ()), "stranger": ("倉持 浩明", "0321", "主事", ()),
            "leader": ("野村 栞", "0321", "主任", ("leader",)),
            "steering": ("井上 慎一", "0320", "主査", ("steering",)), "director": ("石動 和志", "0000", "部長", ("director",)),
            "cio": ("諏訪 康之", "0000", "副市長", ("cio",)), "mayor": ("安曇 恒一", "0000", "市長", ("mayor",))}
    people = {key: actor(citizen(name, at=at, post=post, roles=roles)) for key, (name, at, post, roles) in made.items()}
    people["adviser"] = an_adviser()
    people["guest"] = actor(citizen("森 一", at="9000", post="", kind="外部"))
    name_leads(people["steering"], "M03", LeadsDraft((unit("0310"),)))
    db.end_reading()
    return people


def ids() -> dict[str, int]:
    return {measure.code: measure.id for measure in measures()}


def report(people: dict[str, Actor], year: int = 2026, period: int = 2) -> int:
    """Asked for, of M03."""
    return int(open_round(people["steering"], RoundDraft(year, period, None))[0])


def put(kind: type[Any], number: int, **values: Any) -> None:
    """As if it had come so far."""
    def change() -> None:
        row = db.session.get_one(kind, number)
        for name, value in values.items():
            setattr(row, name, value)
    db.write(change)
    db.end_reading()


def now(kind: type[Any], number: int) -> Any:
    db.end_reading()
    return db.session.get_one(kind, number)
