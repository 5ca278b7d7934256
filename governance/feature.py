from datetime import timedelta

from governance import calendar, cards, console, documents, reactions, seeds
from governance.events import EVENTS
from governance.permissions import RULES, Governance
from governance.views import editions  # noqa: F401 (adds its routes to the blueprint)
from governance.views.plan import blueprint
from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.jobs import Schedule
from groupware.kernel.permissions import PUBLIC, SIGNED_IN

FEATURE = Feature(
    name="governance", label="DX推進", blueprint=blueprint,
    access={
        "governance.static": PUBLIC, "governance.index": SIGNED_IN, "governance.plan": SIGNED_IN, "governance.measure": SIGNED_IN,
        "governance.glossary": SIGNED_IN, "governance.editions": SIGNED_IN, "governance.edition": SIGNED_IN, "governance.revision": SIGNED_IN,
        "governance.draft": Governance.DRAFT, "governance.move": Governance.MOVE_EDITION},
    rules=RULES, events=EVENTS, reactions=reactions.on, schedules=(Schedule("governance.enforce", timedelta(minutes=10), calendar.enforce_editions),),
    cards={"governance.measure": cards.measure_cards, "governance.term": cards.term_cards}, jumps=cards.jumps,
    findables={"governance.measure": documents.MEASURES, "governance.term": documents.TERMS}, audiences=documents.audiences,
    nav=(NavItem("DX推進", "plan", "governance.index", 50),), commands=console.group, seed=seeds.plant)
