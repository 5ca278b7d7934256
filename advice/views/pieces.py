"""One piece of advice: asked for, written down, led on."""
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from advice.commands import pieces as deeds
from advice.flows import WORDING
from advice.forms import MOST_REVIEW, MOST_YEARS, STEP, AskDraft, GiveDraft, MoveDraft, WordsDraft, rules
from advice.models import COMING, DECISIONS, SORTS, STATES, USED, WAY, WORDS
from advice.permissions import Advise, Held, can_keep, can_move, can_rewrite
from advice.queries.pieces import advice_for, crews_for, flow_in_force, givers, rules_in_force, section_of, steps_of, unit_names
from groupware.directory.queries import sections_of, unit_tree
from groupware.kernel.errors import Forbidden
from groupware.kernel.permissions import authorize
from groupware.kernel.ports import plan_measures
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, card_for, cards_for, chips_for

blueprint = Blueprint("advice", __name__, url_prefix="/advice", template_folder="../templates", static_folder="../static/advice",
                      static_url_path="/static")
BY_FORM = {"record", "answer", "adopt", "partly", "reject", "hold", "check", "urge"}       # acts with a form of their own
LONGEST_TITLE = 60


@blueprint.get("/asking")
def asking() -> str:
    """?about=chat.message:42"""
    authorize(current_user, Advise.ASK)
    others = [each for each in givers() if each.id != current_user.user_id]
    return render_template("advice/asking.html", title="助言を求める", people=others, **_ties())


@blueprint.post("/askings")
def ask() -> Response:
    return _to(deeds.ask_advice(current_user, AskDraft.parse(request.form)))


@blueprint.get("/giving")
def giving() -> str:
    """?about=chat.message:42. 行政管理課 writes down what somebody from outside has said."""
    authorize(current_user, Advise.GIVE)
    steers = current_user.has("steering") and not current_user.outside
    return render_template("advice/giving.html", title="助言・提言を記録する", people=[each for each in givers() if each.outside] if steers else [],
                           gives=current_user.has("leader") or current_user.has("adviser"), **_ties(), **_wording())


@blueprint.post("/givings")
def give() -> Response:
    return _to(deeds.give_advice(current_user, GiveDraft.parse(request.form)))


@blueprint.get("/<int:advice_id>")
def piece(advice_id: int) -> str:
    found = advice_for(current_user, advice_id)
    steps = flow_in_force().open_to(found.advice.state, found.parts) if can_move(current_user, found) else []
    acts = {step.act: step for step in steps}
    refs = [Ref.parse(each) for each in (found.advice.team, found.advice.about) if each]
    return render_template("advice/piece.html", title=found.advice.title, advice=found.advice, held=found, states=STATES, sorts=SORTS, way=WAY,
                           decisions=DECISIONS, words=WORDS, names=unit_names(), acts=acts, simple=[s for s in steps if s.act not in BY_FORM],
                           confirming=_confirming(found), may_rewrite=can_rewrite(found), ties=cards_for(current_user, refs),
                           history=steps_of(found.advice) if found.concerned else [], used=found.advice.state in USED)


@blueprint.get("/<int:advice_id>/words")
def writing(advice_id: int) -> str:
    found = advice_for(current_user, advice_id)
    acts = {step.act for step in flow_in_force().open_to(found.advice.state, found.parts)}
    if "record" not in acts and not can_rewrite(found):
        raise Forbidden("いまは書けません。")
    return render_template("advice/writing.html", title="助言を記録する" if found.advice.state in COMING else "記録を書き直す", advice=found.advice,
                           **_wording())


@blueprint.post("/<int:advice_id>/words")
def write(advice_id: int) -> Response:
    words = WordsDraft.parse(request.form)
    coming = advice_for(current_user, advice_id).advice.state in COMING
    (deeds.record_advice if coming else deeds.rewrite_advice)(current_user, advice_id, words)
    return _to(advice_id)


@blueprint.post("/<int:advice_id>/steps")
def move(advice_id: int) -> Response:
    deeds.move_advice(current_user, advice_id, MoveDraft.parse(request.form))
    return _to(advice_id)


@blueprint.get("/settings")
def settings() -> str:
    if not can_keep(current_user, None):
        raise Forbidden
    return render_template("advice/settings.html", title="助言・提言の決まり", rules=rules_in_force(), most_years=MOST_YEARS,
                           most_review=MOST_REVIEW)


@blueprint.post("/settings")
def change_settings() -> Response:
    deeds.change_rules(current_user, rules(request.form))
    return redirect(url_for("advice.index"), 303)


def _ties() -> dict[str, Any]:
    """What the form is filled with: the thing it is made from, its measures, its team."""
    about = Ref.parse(request.args["about"]) if request.args.get("about") else None
    card = card_for(current_user, about) if about else None
    crews = crews_for(current_user)
    team = str(about) if about in {crew.ref for crew in crews} else ""
    codes = [chip.label for chip in chips_for([about]).get(about, [])] if about else []
    return {"card": card, "crews": crews, "team": team, "codes": codes, "measures": plan_measures().all(), "units": _units(), "unit": _unit(about),
            "said": _said(card, kept=not team), "back": card.url if card else url_for("advice.index")}


def _wording() -> dict[str, Any]:
    return {"sorts": SORTS, "choices": [(each, spoken(each)) for each in range(0, 241, STEP)]}


def _said(card: Card | None, *, kept: bool) -> tuple[str, str]:
    """Title and words to begin with: the first line of what was said."""
    words = (card.excerpt or card.title) if card and kept else ""
    return " ".join(words.split())[:LONGEST_TITLE], words


def _unit(about: Ref | None) -> int:
    """Of a team its own, else where one sits."""
    crew = next((each for each in crews_for(current_user) if each.ref == about), None) if about else None
    return crew.unit_id if crew else section_of(current_user) or 0


def _units() -> list[tuple[str, list[tuple[int, str]]]]:
    """部 by 部, for a select; nobody from outside chooses a section."""
    if current_user.outside:
        return []
    tree = unit_tree()
    own = sections_of(node.id for root in tree for node in root.walk())
    alone = {unit for unit, section in own.items() if unit == section}
    return [(node.name, [(each.id, each.name) for each in node.walk() if each.id in alone]) for root in tree for node in root.children]


def _confirming(found: Held) -> list[Any]:
    return [step for step in WORDING.open_to(found.advice.wording, found.parts) if step.act != "rewrite"]


def spoken(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return (f"{hours}時間{rest}分" if rest else f"{hours}時間") if hours else f"{rest}分" if rest else "数えない"


def _to(advice_id: int) -> Response:
    return redirect(url_for("advice.piece", advice_id=advice_id), 303)
