"""Pages for the secretariat: bodies, sittings, the agenda, papers."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import people_cards
from groupware.files.queries import file_for
from groupware.kernel.errors import Forbidden
from groupware.kernel.given import line, number
from meetings.agenda import DEEPEST
from meetings.cards import name_of
from meetings.commands import bodies, items, papers, sittings
from meetings.forms import LONGEST_LINE, BodyDraft, ItemDraft, PapersDraft, SittingDraft
from meetings.models.bodies import Body
from meetings.permissions import can_edit_item, can_found, can_hang, can_manage, can_plan, can_prepare
from meetings.queries.bodies import members_of, seat_for, seats
from meetings.queries.items import agenda_for, leaf_for, topic_for
from meetings.queries.sittings import last_of, table_for
from meetings.views.reading import blueprint


@blueprint.get("/bodies/new")
def new_body() -> str:
    if not can_found(current_user):
        raise Forbidden
    me = people_cards([current_user.user_id])
    return render_template("meetings/settings.html", title="会議体をつくる", seat=None, members={"secretary": list(me.values())})


@blueprint.post("/bodies")
def found() -> Response:
    return _to("body", body_id=bodies.found_body(current_user, BodyDraft.parse(request.form)))


@blueprint.get("/bodies/<int:body_id>/settings")
def settings(body_id: int) -> str:
    seat = seat_for(current_user, body_id)
    if not can_manage(current_user, seat):
        raise Forbidden
    return render_template("meetings/settings.html", title=f"{seat.body.name}の設定", seat=seat, members=dict(members_of(seat.body)))


@blueprint.post("/bodies/<int:body_id>/settings")
def change_body(body_id: int) -> Response:
    bodies.change_body(current_user, body_id, BodyDraft.parse(request.form))
    return _to("body", body_id=body_id) if seats(current_user, Body.id == body_id) else _to("index")


@blueprint.get("/bodies/<int:body_id>/sittings/new")
def new_sitting(body_id: int) -> str:
    seat = seat_for(current_user, body_id)
    if not can_plan(current_user, seat):
        raise Forbidden
    return render_template("meetings/planning.html", title="会議を計画する", seat=seat, sitting=None, last=last_of(seat.body))


@blueprint.post("/bodies/<int:body_id>/sittings")
def plan(body_id: int) -> Response:
    return _to("sitting", sitting_id=sittings.plan_sitting(current_user, body_id, SittingDraft.parse(request.form)))


@blueprint.get("/<int:sitting_id>/editing")
def editing(sitting_id: int) -> str:
    table = table_for(current_user, sitting_id)
    if not can_prepare(current_user, table):
        raise Forbidden
    return render_template("meetings/planning.html", title=f"{name_of(table)}を直す", seat=table.seat, sitting=table.sitting, last=None)


@blueprint.post("/<int:sitting_id>/standing")
def keep_standing(sitting_id: int) -> Response:
    bodies.keep_standing(current_user, sitting_id)
    return _to("sitting", sitting_id=sitting_id)


@blueprint.post("/<int:sitting_id>/text")
def change_sitting(sitting_id: int) -> Response:
    sittings.change_sitting(current_user, sitting_id, SittingDraft.parse(request.form))
    return _to("sitting", sitting_id=sitting_id)


@blueprint.post("/<int:sitting_id>/call")
def call(sitting_id: int) -> Response:
    sittings.call_sitting(current_user, sitting_id)
    return _to("sitting", sitting_id=sitting_id)


@blueprint.post("/<int:sitting_id>/cancellation")
def cancel(sitting_id: int) -> Response:
    sittings.cancel_sitting(current_user, sitting_id, line(request.form, "reason", most=LONGEST_LINE))
    return _to("sitting", sitting_id=sitting_id)


@blueprint.get("/<int:sitting_id>/items/new")
def new_item(sitting_id: int) -> str:
    """?parent="""
    table = table_for(current_user, sitting_id)
    if not can_prepare(current_user, table):
        raise Forbidden
    places = [row.line for row in agenda_for(current_user, table) if row.line.depth < DEEPEST]
    return render_template("meetings/item.html", title="議題を加える", table=table, item=None, places=places,
                           parent=request.args.get("parent", type=int), people=[])


@blueprint.post("/<int:sitting_id>/items")
def add_item(sitting_id: int) -> Response:
    item_id = items.add_item(current_user, sitting_id, ItemDraft.parse(request.form))
    return _to("sitting", sitting_id=sitting_id, _anchor=f"i{item_id}")


@blueprint.get("/items/<int:item_id>/editing")
def editing_item(item_id: int) -> str:
    topic = topic_for(current_user, item_id)
    if not can_edit_item(current_user, topic):
        raise Forbidden
    people = people_cards([topic.item.presenter_id]) if topic.item.presenter_id else {}
    return render_template("meetings/item.html", title="議題を直す", table=topic.table, item=topic.item, places=[], parent=None,
                           people=list(people.values()))


@blueprint.post("/items/<int:item_id>/text")
def change_item(item_id: int) -> Response:
    items.change_item(current_user, item_id, ItemDraft.parse(request.form))
    return _to_item(item_id)


@blueprint.post("/items/<int:item_id>/place")
def move_item(item_id: int) -> Response:
    """One place up or down."""
    items.move_item(current_user, item_id, items.UP if request.form.get("way") == items.UP else items.DOWN)
    return _to_item(item_id)


@blueprint.post("/items/<int:item_id>/removal")
def drop_item(item_id: int) -> Response:
    sitting_id = topic_for(current_user, item_id).item.sitting_id
    items.drop_item(current_user, item_id)
    return _to("sitting", sitting_id=sitting_id)


@blueprint.get("/items/<int:item_id>/papers/new")
def new_papers(item_id: int) -> str:
    """?awaited=: in whose place."""
    topic = topic_for(current_user, item_id)
    if not can_hang(current_user, topic):
        raise Forbidden
    return render_template("meetings/papers.html", title="資料を付ける", topic=topic, table=topic.table, paper=None,
                           awaited=request.args.get("awaited", type=int))


@blueprint.post("/items/<int:item_id>/papers")
def hang(item_id: int) -> Response:
    papers.hang_papers(current_user, item_id, _papers())
    return _to_item(item_id)


@blueprint.get("/papers/<int:paper_id>/replacing")
def replacing(paper_id: int) -> str:
    leaf = leaf_for(current_user, paper_id)
    if not can_hang(current_user, leaf.topic):
        raise Forbidden
    return render_template("meetings/papers.html", title="資料を差し替える", topic=leaf.topic, table=leaf.topic.table, paper=leaf.paper)


@blueprint.post("/papers/<int:paper_id>/replacement")
def replace(paper_id: int) -> Response:
    """The last of the files sent."""
    file_id = _papers().files[-1][0]
    papers.replace_paper(current_user, paper_id, file_id, number(request.form, "version"))
    return _to("paper", paper_id=paper_id)


@blueprint.post("/papers/<int:paper_id>/removal")
def drop_paper(paper_id: int) -> Response:
    topic = leaf_for(current_user, paper_id).topic
    papers.drop_paper(current_user, paper_id)
    return _to("sitting", sitting_id=topic.table.sitting.id, _anchor=f"i{topic.item.id}")


def _papers() -> PapersDraft:
    """A file that is not one's own is refused by the command; here it has no name."""
    sent = [each for each in request.form.getlist("files") if each]
    PapersDraft.parse(request.form, {})
    return PapersDraft.parse(request.form, {each: file_for(current_user, each).name for each in sent})


def _to_item(item_id: int) -> Response:
    return _to("sitting", sitting_id=topic_for(current_user, item_id).item.sitting_id, _anchor=f"i{item_id}")


def _to(page: str, **where: object) -> Response:
    return redirect(url_for(f"meetings.{page}", **where), 303)      # type: ignore[arg-type]
