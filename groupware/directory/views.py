"""職員名簿・内線, a person's page, a unit's page on a day, and the lists the pickers ask for."""
from collections.abc import Collection
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_login import current_user

from groupware.directory.forms import day
from groupware.directory.models import ROLES
from groupware.directory.permissions import Directory, can_look
from groupware.directory.queries.finding import find_people
from groupware.directory.queries.people import people_for, person_for, roles_of
from groupware.directory.queries.places import posts_of
from groupware.directory.queries.rosters import Desk, roster, seats_by_unit
from groupware.directory.queries.units import UnitNode, all_units, path_to, unit_history, unit_tree
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.feature import Jump
from groupware.kernel.permissions import authorize
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card

blueprint = Blueprint("directory", __name__, url_prefix="/directory", template_folder="templates", static_folder="static/directory",
                      static_url_path="/static")
MOST_SEATS = 200        # more than this on one page nobody reads: then only those of the unit itself, and the way down
MOST_PICKED = 12
MOST_JUMPS = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit on the page: who sits in it and below, or only in it (``below``: how many there are in each unit below)."""

    unit: UnitNode
    desks: list[Desk]
    seats: int
    below: dict[int, int]


@blueprint.get("")
def index() -> str:
    """?q= finds people, ?unit= shows a unit and what is below; without either one's own 課."""
    authorize(current_user, Directory.LOOK)
    text, tree = request.args.get("q", "").strip(), unit_tree()
    shown = None if text else _shown(tree, request.args.get("unit", type=int) or _own_section())
    opened = {node.id for node in path_to(shown.unit)} if shown else set()
    return render_template("directory/index.html", title="職員名簿・内線", tree=tree, shown=shown, opened=opened, text=text,
                           found=find_people(current_user, text) if text else [])


@blueprint.get("/people/<int:user_id>")
def person(user_id: int) -> str:
    authorize(current_user, Directory.LOOK)
    card = person_for(current_user, user_id)
    return render_template("directory/person.html", title=card.name, card=card, places=posts_of(card.id),
                           roles=[ROLES[role] for role in roles_of(card.id)])


@blueprint.get("/units/<int:unit_id>")
def unit(unit_id: int) -> str:
    """?on=2026-03-31: what it was called, where it stood and who sat there on that day."""
    authorize(current_user, Directory.LOOK)
    on, history = day(request.args, "on") or clock.today(), unit_history(unit_id)
    if not history:
        raise NotFound
    node = next((node for node in all_units(on) if node.id == unit_id), None)
    names = {node.id: node.name for node in all_units(on)}
    return render_template("directory/unit.html", title=node.name if node else history[-1].name, on=on, node=node, history=history, names=names,
                           path=path_to(node, on) if node else [], desks=roster(current_user, node.walk(), on) if node else [])


@blueprint.get("/people.json")
def people() -> Response:
    """?q=: for choosing people. Outsiders find only whom they share something with."""
    found = find_people(current_user, request.args.get("q", ""), MOST_PICKED)
    return jsonify(people=[{"id": card.id, "name": card.name, "kana": card.kana, "label": card.label, "seal": card.seal, "outside": card.outside}
                           for card in found])


@blueprint.get("/units.json")
def units() -> Response:
    """?on=2026-04-01: the tree as it is on that day, as a list with depths."""
    authorize(current_user, Directory.LOOK)
    return jsonify(units=[{"id": node.id, "code": node.code, "name": node.name, "kind": node.kind, "parent": node.parent_id, "depth": node.depth}
                          for node in all_units(day(request.args, "on"))])


def jumps(actor: Actor, text: str) -> list[Jump]:
    found = find_people(actor, text, MOST_JUMPS) if not actor.outside else []
    return [Jump(card.name, card.label, url_for("directory.person", user_id=card.id), "seat") for card in found]


def person_things(actor: Actor, user_ids: Collection[int]) -> list[Card]:
    return [Card(Ref("directory.user", card.id), card.name, url_for("directory.person", user_id=card.id), "seat", card.unit_name, card.label)
            for card in people_for(actor, user_ids)]


def unit_things(actor: Actor, unit_ids: Collection[int]) -> list[Card]:
    return [Card(Ref("directory.unit", node.id), node.name, url_for("directory.unit", unit_id=node.id), "people")
            for node in all_units() if node.id in unit_ids and can_look(actor, node)]


def _own_section() -> int | None:
    """The unit one sits in, or the 課 it is named behind."""
    seated = posts_of(current_user.user_id)
    return seated[0].section_id if seated else None


def _shown(tree: list[UnitNode], unit_id: int | None) -> Shown | None:
    """The first root for whoever sits nowhere. Raises NotFound for a unit that does not exist today."""
    if not tree:
        return None
    nodes = {node.id: node for root in tree for node in root.walk()}
    unit = nodes.get(unit_id) if unit_id else tree[0]
    if unit is None:
        raise NotFound
    below = list(unit.walk())
    seats = seats_by_unit(node.id for node in below)
    few = sum(seats.values()) <= MOST_SEATS
    counts = {} if few else {child.id: sum(seats.get(node.id, 0) for node in child.walk()) for child in unit.children}
    return Shown(unit, roster(current_user, below if few else [unit]), sum(seats.values()), counts)
