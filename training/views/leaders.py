"""Leaders: how the sections are covered, one term, one's own practice, the rules."""

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import people_cards, sections_of, standing_of, unit_tree
from groupware.kernel import clock
from groupware.kernel.errors import Forbidden, NotFound
from groupware.kernel.ref import Ref
from groupware.kernel.things import cards_for
from training.commands import leaders as deeds
from training.forms.leaders import REQUIREMENTS, STEP, ExcuseDraft, MoveDraft, PracticeDraft, person_id, rules, why
from training.models.leaders import KINDS, ROUTES, STATES, WAY, Term
from training.permissions.leaders import can_keep, can_look, can_practise, parts_of
from training.queries.leaders import (
    flow_in_force,
    moving_terms,
    open_term,
    past_terms,
    practices_of,
    rules_in_force,
    serving_term,
    steps_of,
    sum_of_practice,
    survey_for,
    term_for,
    terms_of,
)
from training.queries.vacancies import vacancies
from training.rules import BESIDE, COVERS
from training.views.learning import blueprint


@blueprint.get("/leaders")
def leaders() -> str:
    """?show=all: also the sections that are covered."""
    found, mine = survey_for(current_user), open_term(current_user.user_id)
    moving = [each for each in moving_terms() if parts_of(current_user, each.term.user_id, each.card.unit_id or each.term.unit_id)]
    return render_template("training/leaders.html", title="デジタルリーダー", survey=found, gaps=vacancies(found), covers=COVERS, states=STATES,
                           mine=mine, moving=moving, heads=bool(standing_of(current_user).heads), past=past_terms(),
                           may_keep=can_keep(current_user, None), serves=serving_term(current_user.user_id))


@blueprint.get("/leaders/new")
def proposing() -> str:
    """?way=recommended | offered | named"""
    way = request.args.get("way", "")
    if way not in ROUTES or way == "again" or not can_look(current_user, None):
        raise NotFound
    return render_template("training/proposing.html", title={"recommended": "課の人を推薦する", "offered": "デジタルリーダーに申し出る",
                                                             "named": "候補を指名する"}[way], way=way)


@blueprint.post("/leaders")
def propose() -> Response:
    way, words = request.form.get("way", ""), why(request.form)
    if way == "offered":
        made = deeds.offer_oneself(current_user, current_user.user_id, words)
    elif way == "named":
        made = deeds.name_candidate(current_user, person_id(request.form), words)
    else:
        made = deeds.recommend_person(current_user, person_id(request.form), words)
    return redirect(url_for("training.term", term_id=made), 303)


@blueprint.get("/terms/<int:term_id>")
def term(term_id: int) -> str:
    found = term_for(current_user, term_id)
    row, card = found.term, people_cards([found.term.user_id])[found.term.user_id]
    acts = flow_in_force().open_to(row.state, found.parts)
    return render_template("training/term.html", title=f"デジタルリーダー {card.name} さん", term=row, card=card, steps=steps_of(term_id),
                           acts={step.act: step for step in acts}, states=STATES, way=WAY, routes=ROUTES, requirements=REQUIREMENTS,
                           over=row.state not in WAY, done=_practised(row), others=[each for each in terms_of(row.user_id) if each.id != row.id])


@blueprint.post("/terms/<int:term_id>/steps")
def move(term_id: int) -> Response:
    deeds.move_term(current_user, term_id, MoveDraft.parse(request.form))
    return redirect(url_for("training.term", term_id=term_id), 303)


@blueprint.get("/practice")
def practice() -> str:
    """One's own; nobody else reads the lines."""
    row = serving_term(current_user.user_id)
    if row is None or row.starts_on is None:
        raise Forbidden("実践の記録は、任期中のデジタルリーダーだけが使えます。")
    lines = practices_of(current_user.user_id, row.starts_on, clock.today())
    things = cards_for(current_user, [Ref.parse(each.about) for each in lines if each.about])
    return render_template("training/practice.html", title="実践の記録", term=row, lines=lines, kinds=KINDS,
                           sources={str(ref): card for ref, card in things.items()},
                           minutes=sum(each.minutes for each in lines),
                           choices=[(each, _spoken(each)) for each in range(STEP, 241, STEP)], units=_units(), spoken=_spoken,
                           may_write=can_practise(current_user, row))


@blueprint.post("/practice")
def keep_practice() -> Response:
    deeds.keep_practice(current_user, None, PracticeDraft.parse(request.form))
    return redirect(url_for("training.practice"), 303)


@blueprint.post("/practice/<int:practice_id>/removal")
def take_practice(practice_id: int) -> Response:
    deeds.take_practice(current_user, practice_id)
    return redirect(url_for("training.practice"), 303)


@blueprint.get("/settings")
def settings() -> str:
    if not can_keep(current_user, None):
        raise Forbidden
    return render_template("training/settings.html", title="デジタルリーダーの決まり", rules=rules_in_force(), beside=BESIDE)


@blueprint.post("/settings")
def change_settings() -> Response:
    deeds.change_rules(current_user, rules(request.form))
    return redirect(url_for("training.leaders"), 303)


@blueprint.get("/sections/<int:unit_id>/exemption")
def excusing(unit_id: int) -> str:
    if not can_keep(current_user, None):
        raise Forbidden
    section = next((each for each in survey_for(current_user).sections if each.unit.id == unit_id), None)
    if section is None:
        raise NotFound
    return render_template("training/excusing.html", title=f"{section.unit.name}の配置の免除", section=section)


@blueprint.post("/sections/<int:unit_id>/exemption")
def excuse(unit_id: int) -> Response:
    deeds.excuse_section(current_user, unit_id, ExcuseDraft.parse(request.form))
    return redirect(url_for("training.leaders"), 303)


def _practised(row: Term) -> tuple[int, str] | None:
    """How many and how long, for the review: never line by line."""
    if row.starts_on is None or row.ends_on is None:
        return None
    many, minutes = sum_of_practice(row.user_id, row.starts_on, min(row.ends_on, clock.today()))
    return many, _spoken(minutes)


def _spoken(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}時間{rest}分" if hours and rest else f"{hours}時間" if hours else f"{rest}分"


def _units() -> list[tuple[str, list[tuple[int, str]]]]:
    """部 by 部, for a select."""
    tree = unit_tree()
    own = sections_of(node.id for root in tree for node in root.walk())
    alone = {unit for unit, section in own.items() if unit == section}
    return [(node.name, [(each.id, each.name) for each in node.walk() if each.id in alone]) for root in tree for node in root.children]
