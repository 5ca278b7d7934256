"""How a measure, and what is worked on for it, looks from elsewhere; the owner of the thing authorises."""
from collections.abc import Collection

from flask import url_for
from sqlalchemy import select

from governance.models.papers import FROZEN, PUBLISHED, Evaluation, Report, Undertaking
from governance.models.plan import Measure
from governance.queries.overview import state_of
from governance.queries.papers import all_held, ruling_in_force
from governance.queries.plan import current_plan
from governance.queries.roadmap import measures
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.feature import Jump
from groupware.kernel.ref import Ref
from groupware.kernel.text import fold
from groupware.kernel.things import Card

MOST_JUMPS = 6
GONE = "前の計画の施策"


def measure_cards(_: Actor, measure_ids: Collection[int]) -> list[Card]:
    plan, found = current_plan(), db.session.scalars(select(Measure).where(Measure.id.in_(measure_ids)))
    said = {each["code"]: each for each in plan.measures} if plan else {}
    return [Card(Ref("governance.measure", each.id), f"{each.code} {each.title}", url_for("governance.measure", code=each.code), "plan", "施策",
                 said.get(each.code, {}).get("summary") or "") for each in found]


def term_cards(_: Actor, places: Collection[int]) -> list[Card]:
    plan = current_plan()
    return [Card(Ref("governance.term", place), term["term"], url_for("governance.glossary", _anchor=f"t{place}"), "book", "用語", term["definition"])
            for place, term in enumerate((plan and plan["glossary"]) or [], 1) if place in places]


def report_cards(actor: Actor, report_ids: Collection[int]) -> list[Card]:
    found = list(db.session.scalars(select(Report).where(Report.id.in_(report_ids))))
    seen, names, ruling = {each.paper.id for each in all_held(actor, found)}, _names(), ruling_in_force()
    return [Card(each.ref, f"{names.get(each.measure_id, GONE)} 令和{each.fiscal_year - 2018}年度 {ruling.name_of(each.period)}の進み具合",
                 url_for("governance.report", report_id=each.id), "plan", f"報告・{state_of(each)}", each.line)
            for each in found if each.id in seen or each.state == FROZEN]


def undertaking_cards(actor: Actor, undertaking_ids: Collection[int]) -> list[Card]:
    found = list(db.session.scalars(select(Undertaking).where(Undertaking.id.in_(undertaking_ids))))
    seen = {each.paper.id for each in all_held(actor, found)}
    return [Card(each.ref, each.title, url_for("governance.undertaking", undertaking_id=each.id), "plan",
                 f"年度取組・{state_of(each)}", each.body[:120]) for each in found if each.id in seen]


def evaluation_cards(actor: Actor, evaluation_ids: Collection[int]) -> list[Card]:
    found = list(db.session.scalars(select(Evaluation).where(Evaluation.id.in_(evaluation_ids))))
    seen, names = {each.paper.id for each in all_held(actor, found)}, _names()
    return [Card(each.ref, f"{names.get(each.measure_id, GONE)} 令和{each.fiscal_year - 2018}年度の評価",
                 url_for("governance.evaluation", evaluation_id=each.id), "plan", f"年度評価・{state_of(each)}")
            for each in found if each.id in seen or each.state == PUBLISHED]


def jumps(_: Actor, text: str) -> list[Jump]:
    """Measures by number, by any of their names, and words of the glossary."""
    plan, wanted = current_plan(), fold(text)
    if plan is None or not wanted:
        return []
    found = [Jump(f"{each['code']} {each['title']}", "施策", url_for("governance.measure", code=each["code"]), "plan")
             for each in plan.measures if any(wanted in fold(name) for name in (each["code"], each["title"], *(each.get("aliases") or [])))]
    words = [Jump(each["term"], "用語", url_for("governance.glossary", _anchor=f"t{number}"), "book")
             for number, each in enumerate(plan["glossary"] or [], 1) if wanted in fold(each["term"])]
    return (found + words)[:MOST_JUMPS]


def _names() -> dict[int, str]:
    return {each.id: f"{each.code} {each.title}" for each in measures()}
