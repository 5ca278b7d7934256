"""Votes and actions."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import people_cards
from groupware.kernel.given import number
from meetings.commands import actions, votes
from meetings.drafts import ActionDraft, VoteDraft, choice_of
from meetings.models.bodies import SECRETARY
from meetings.models.results import OPEN, Action
from meetings.queries.bodies import seats
from meetings.queries.results import is_late, poll_for, task_for, tasks_for
from meetings.rights import can_act
from meetings.views.reading import blueprint


@blueprint.post("/items/<int:item_id>/votes")
def open_vote(item_id: int) -> Response:
    votes.open_vote(current_user, item_id, VoteDraft.parse(request.form))
    return _to_item(item_id)


@blueprint.post("/votes/<int:vote_id>/ballot")
def cast_ballot(vote_id: int) -> Response:
    poll = poll_for(current_user, vote_id)
    votes.cast_ballot(current_user, vote_id, choice_of(request.form, poll.vote.kind))
    return _to_item(poll.vote.item_id)


@blueprint.post("/votes/<int:vote_id>/deputy-ballot")
def cast_for_deputy(vote_id: int) -> Response:
    poll = poll_for(current_user, vote_id)
    votes.cast_for_deputy(current_user, vote_id, number(request.form, "person"), choice_of(request.form, poll.vote.kind))
    return _to_item(poll.vote.item_id)


@blueprint.post("/votes/<int:vote_id>/end")
def end_vote(vote_id: int) -> Response:
    poll = poll_for(current_user, vote_id)
    votes.end_vote(current_user, vote_id, str(request.form.get("casting") or ""))
    return _to_item(poll.vote.item_id)


@blueprint.get("/actions")
def actions_list() -> str:
    """One's own, and those of the bodies whose secretary one is."""
    mine = tasks_for(current_user, Action.owner_id == current_user.user_id)
    bodies = [seat.body.id for seat in seats(current_user) if seat.role == SECRETARY]
    others = tasks_for(current_user, Action.body_id.in_(bodies), Action.owner_id != current_user.user_id, Action.state == OPEN) if bodies else []
    people = people_cards(task.action.owner_id for task in (*mine, *others))
    return render_template("meetings/actions.html", title="対応事項", open=[task for task in mine if task.action.state == OPEN],
                           done=[task for task in mine if task.action.state != OPEN], others=others, people=people, is_late=is_late)


@blueprint.get("/actions/<int:action_id>")
def action(action_id: int) -> str:
    task = task_for(current_user, action_id)
    return render_template("meetings/action.html", title="対応事項", task=task, table=task.line.note.desk.table, is_late=is_late,
                           owner=people_cards([task.action.owner_id]).get(task.action.owner_id), may_act=can_act(current_user, task))


@blueprint.post("/actions/<int:action_id>/state")
def change_action(action_id: int) -> Response:
    actions.change_action(current_user, action_id, ActionDraft.parse(request.form))
    return redirect(url_for("meetings.action", action_id=action_id), 303)


def _to_item(item_id: int) -> Response:
    return redirect(url_for("meetings.item_minutes", item_id=item_id), 303)
