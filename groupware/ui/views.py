"""/ui/: the living gallery of the components, for the demo city and for builders.

/ui/jump.json: what Ctrl+K offers. /ui/card: a link, as the thing.
"""
from dataclasses import asdict
from datetime import date, timedelta

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from flask_login import current_user

from groupware.directory.queries import unit_tree
from groupware.kernel import clock
from groupware.kernel.feature import Jump
from groupware.kernel.house import house
from groupware.kernel.things import cards_for
from groupware.ui.linked import thing_at
from groupware.ui.nav import rail_places

blueprint = Blueprint("ui", __name__, url_prefix="/ui", template_folder="templates", static_folder="static", static_url_path="/static")
MOST_TYPED = 100


@blueprint.get("/")
def gallery() -> str:
    """Every component in all of its states. Not for a city hall at work."""
    if not (current_app.config["DEMO"] or current_app.testing):
        abort(404)
    return render_template("ui/gallery.html", title="部品と状態の見本", day=date(2026, 10, 20), tree=unit_tree(),
                           an_hour_ago=clock.now() - timedelta(hours=1))


@blueprint.get("/jump.json")
def jump() -> Response:
    """?q=: rooms, people, pages. With nothing typed: the places of the rail."""
    text = request.args.get("q", "").strip()[:MOST_TYPED]
    return jsonify(jumps=[asdict(each) for each in (*_places(text), *(_things(text) if text else ()))])


@blueprint.get("/card")
def card() -> str | tuple[str, int]:
    """?path=: of a page of ours about one thing, how that thing looks to whoever asks. Nothing for what is not there or may not be seen."""
    ref = thing_at(request.args.get("path", "")[:MOST_TYPED])
    found = cards_for(current_user, [ref]) if ref else {}
    return render_template("ui/card.html", card=found[ref]) if ref in found else ("", 204)


def _places(text: str) -> list[Jump]:
    wanted = text.casefold()
    return [Jump(each.label, "", each.url, each.icon) for each in rail_places() if wanted in each.label.casefold()]


def _things(text: str) -> list[Jump]:
    return [found for feature in house.features if feature.jumps for found in feature.jumps(current_user, text)]
