"""Editions and measures. Everybody reads them; drafts are for those who work on them."""
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from governance.models.plan import CHECKED, DECIDED, DRAFTED, DROPPED, IN_FORCE, Edition, Measure
from governance.plan import Plan, Said
from governance.queries.keeping import apart, kept
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound

IN_WORK = (DRAFTED, CHECKED, DECIDED, DROPPED)


@dataclass(frozen=True, slots=True)
class Impact:
    """What an edition changes against the one in force."""

    gone: list[Said]
    new: list[Said]
    reworded: list[tuple[Said, Said]]


def current_edition() -> Edition | None:
    """None in a house whose plan has not been imported yet."""
    return kept("edition", _in_force)


def current_plan() -> Plan | None:
    edition = current_edition()
    return Plan(edition.content) if edition else None


def checked_editions() -> list[Edition]:
    """Which wait for the CIO."""
    return kept("checked", lambda: apart(db.session.scalars(select(Edition).where(Edition.state == CHECKED))))


def editions(actor: Actor) -> list[Edition]:
    found = select(Edition).order_by(Edition.number.desc())
    return list(db.session.scalars(found if works_on_plan(actor) else found.where(Edition.state.not_in(IN_WORK))))


def edition_for(actor: Actor, edition_id: int) -> Edition:
    return _seen(actor, db.session.get(Edition, edition_id))


def edition_numbered(actor: Actor, number: int) -> Edition:
    return _seen(actor, db.session.scalar(select(Edition).where(Edition.number == number)))


def every_measure() -> list[Measure]:
    """Those of earlier plans among them, in the order of their codes."""
    return kept("measures", lambda: apart(db.session.scalars(select(Measure).order_by(Measure.code))))


def measure_coded(code: str) -> Measure:
    found = next((each for each in every_measure() if each.code == code), None)
    if found is None:
        raise NotFound
    return found


def impact_of(before: Plan | None, after: Plan) -> Impact:
    then, now = ({each["code"]: each for each in plan.measures} if plan else {} for plan in (before, after))
    return Impact([then[code] for code in then if code not in now], [now[code] for code in now if code not in then],
                  [(then[code], now[code]) for code in now if code in then and then[code] != now[code]])


def counts(plan: Plan) -> Counter[str]:
    """How many of each the plan has, counted, not believed."""
    return Counter({"strategies": len(plan["strategies"] or []), "bullets": sum(len(each.get("bullets") or []) for each in plan["strategies"] or []),
                    "measures": len(plan.measures), "actions": sum(len(each["actions"]) for each in plan.measures),
                    "rows": len((plan["roadmap"] or {}).get("rows") or []), "terms": len(plan["glossary"] or [])})


def works_on_plan(actor: Actor) -> bool:
    return any(actor.has(role) for role in ("steering", "cio", "mayor", "administrator", "system"))


def _seen(actor: Actor, edition: Edition | None) -> Edition:
    if edition is None or (edition.state in IN_WORK and not works_on_plan(actor)):
        raise NotFound
    return edition


def _in_force() -> Edition | None:
    return next(iter(apart(db.session.scalars(select(Edition).where(Edition.state == IN_FORCE)))), None)
