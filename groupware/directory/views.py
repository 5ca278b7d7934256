"""職員名簿・内線, and the lists the pickers ask for."""
from datetime import date

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_login import current_user

from groupware.directory.forms import day
from groupware.directory.models import ROLES
from groupware.directory.permissions import Directory
from groupware.directory.queries.finding import find_people, roster
from groupware.directory.queries.people import PersonCard, person_for, posts_of, roles_of
from groupware.directory.queries.units import UnitNode, unit_for, unit_tree
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.feature import Jump
from groupware.kernel.permissions import authorize
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card

blueprint = Blueprint("directory", __name__, url_prefix="/directory", template_folder="templates", static_folder="static/directory",
                      static_url_path="/static")


@blueprint.get("")
def index() -> str:
    """?q= finds people, ?unit= shows a unit and what is below; without either one's own 課."""
    authorize(current_user, Directory.LOOK)
    text, unit = request.args.get("q", "").strip(), _unit()
    people = find_people(current_user, text) if text else _people_of(unit)
    return render_template("directory/index.html", title="職員名簿・内線", tree=unit_tree(), unit=unit, people=people, text=text)


@blueprint.get("/people/<int:user_id>")
def person(user_id: int) -> str:
    authorize(current_user, Directory.LOOK)
    card = person_for(current_user, user_id)
    return render_template("directory/person.html", title=card.name, card=card, places=posts_of(card.id), roles=[ROLES[role] for role in roles_of(card.id)])


@blueprint.get("/people.json")
def people() -> Response:
    found = find_people(current_user, request.args.get("q", ""), 12)
    return jsonify(people=[{"id": card.id, "name": card.name, "kana": card.kana, "label": card.label, "seal": card.seal, "outside": card.outside}
                           for card in found])


@blueprint.get("/units.json")
def units() -> Response:
    """?on=2026-04-01: the tree as it is on that day, as a list with depths."""
    authorize(current_user, Directory.LOOK)
    nodes = [node for root in unit_tree(_day()) for node in root.walk()]
    return jsonify(units=[{"id": node.id, "code": node.code, "name": node.name, "depth": node.depth} for node in nodes])


def jumps(actor: Actor, text: str) -> list[Jump]:
    found = find_people(actor, text, 6) if not actor.outside else []
    return [Jump(card.name, card.label, url_for("directory.person", user_id=card.id), "seat") for card in found]


def person_card(actor: Actor, user_id: int) -> Card:
    card = person_for(actor, user_id)
    return Card(Ref("directory.user", card.id), card.name, url_for("directory.person", user_id=card.id), "seat", card.unit_name, card.label)


def _unit() -> UnitNode | None:
    """The one asked for; else the section one sits in oneself."""
    wanted = request.args.get("unit", type=int) or person_for(current_user, current_user.user_id).unit_id
    return unit_for(current_user, wanted) if wanted else None


def _people_of(unit: UnitNode | None) -> list[PersonCard]:
    """In the order of the tree and of the posts."""
    if unit is None:
        return []
    return sorted(roster(current_user, [node.id for node in unit.walk()]), key=lambda card: (card.unit_name, card.kana))


def _day() -> date:
    return day(request.args, "on") or clock.today()
