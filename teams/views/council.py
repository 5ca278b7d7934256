"""What the council should speak of, gathered from everywhere, and put on the agenda of a sitting in one act."""
from flask import redirect, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.agenda import Topic, agenda_desk
from groupware.kernel.errors import Invalid
from groupware.kernel.permissions import authorize
from groupware.kernel.ref import Ref
from groupware.kernel.things import Candidate, candidates_for, cards_for
from teams.permissions import Teams
from teams.views.teams import blueprint


@blueprint.get("/council")
def council() -> str:
    authorize(current_user, Teams.CONVENE)
    found, ahead = candidates_for(current_user), agenda_desk().ahead(current_user)
    heaps = [(word, [each for each in found if each.word == word]) for word in dict.fromkeys(each.word for each in found)]
    return render_template("teams/council.html", title="連絡会議の議題の候補", ahead=ahead, heaps=heaps,
                           cards=cards_for(current_user, [each.about for each in found]),
                           there=agenda_desk().standing(current_user, [each.ref for each in ahead]))


@blueprint.post("/council")
def put_on_agenda() -> Response:
    authorize(current_user, Teams.CONVENE)
    sitting, chosen = request.form.get("sitting", ""), set(request.form.getlist("about"))
    topics = [_topic(each) for each in candidates_for(current_user) if str(each.about) in chosen]
    if not topics:
        raise Invalid(about="次第に載せるものを、一つは選んでください。")
    if not sitting:
        raise Invalid(sitting="どの会議に載せるかを選んでください。")
    return redirect(agenda_desk().put(current_user, Ref.parse(sitting), topics), 303)


def _topic(each: Candidate) -> Topic:
    note = "\n".join([each.said, *(f"{name}　{line}" for name, line in each.parts)])
    return Topic(f"{each.title}（{each.word}）", note, each.about)
