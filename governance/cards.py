"""How a measure looks from elsewhere."""
from collections.abc import Collection

from flask import url_for
from sqlalchemy import select

from governance.models.plan import Measure
from governance.queries.plan import current_plan
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.feature import Jump
from groupware.kernel.ref import Ref
from groupware.kernel.text import fold
from groupware.kernel.things import Card

MOST_JUMPS = 6


def measure_cards(_: Actor, measure_ids: Collection[int]) -> list[Card]:
    plan, found = current_plan(), db.session.scalars(select(Measure).where(Measure.id.in_(measure_ids)))
    said = {each["code"]: each for each in plan.measures} if plan else {}
    return [Card(Ref("governance.measure", each.id), f"{each.code} {each.title}", url_for("governance.measure", code=each.code), "plan", "施策",
                 said.get(each.code, {}).get("summary") or "") for each in found]


def term_cards(_: Actor, places: Collection[int]) -> list[Card]:
    plan = current_plan()
    return [Card(Ref("governance.term", place), term["term"], url_for("governance.glossary", _anchor=f"t{place}"), "book", "用語", term["definition"])
            for place, term in enumerate((plan and plan["glossary"]) or [], 1) if place in places]


def jumps(_: Actor, text: str) -> list[Jump]:
    """Measures by number, by any of their names, and words of the glossary."""
    plan, wanted = current_plan(), fold(text)
    if plan is None or not wanted:
        return []
    measures = [Jump(f"{each['code']} {each['title']}", "施策", url_for("governance.measure", code=each["code"]), "plan")
                for each in plan.measures if any(wanted in fold(name) for name in (each["code"], each["title"], *(each.get("aliases") or [])))]
    words = [Jump(each["term"], "用語", url_for("governance.glossary", _anchor=f"t{number}"), "book")
             for number, each in enumerate(plan["glossary"] or [], 1) if wanted in fold(each["term"])]
    return (measures + words)[:MOST_JUMPS]
