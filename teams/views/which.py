"""Of which team shall it be, what is made of something said elsewhere?"""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.ref import Ref
from groupware.kernel.things import card_for
from teams.queries.tasks import teams_to_work_in


def to_its_form(endpoint: str, title: str, question: str) -> Response | str:
    """?about=: asked only where there is a choice. What is said in a team's own room is for that team."""
    about = request.args.get("about", "")
    card, found = card_for(current_user, Ref.parse(about)), teams_to_work_in(current_user)
    fitting = [team for team in found if team.name in card.where] or found
    if len(fitting) == 1:
        return redirect(url_for(endpoint, team_id=fitting[0].id, about=about))
    return render_template("teams/which.html", title=title, question=question, endpoint=endpoint, teams=found, card=card, about=about)
