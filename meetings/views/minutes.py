"""Pages of the minutes, while the sitting goes on and after it: written, mended, confirmed."""
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import people_cards
from groupware.kernel import clock
from groupware.kernel.announcing import notice_desk
from groupware.kernel.errors import Conflict
from groupware.kernel.given import line, number
from groupware.kernel.permissions import authorize
from meetings.commands import minutes as writing
from meetings.commands import reviewing, running
from meetings.digest import digest_of
from meetings.drafts import CorrectionDraft, EntryDraft, RollDraft
from meetings.forms import LONGEST_LINE
from meetings.models.bodies import ROLES
from meetings.models.minutes import CORRECTION_STATES, ENTRY_KINDS, MINUTES_STATES, PRESENCES
from meetings.models.results import ACTION_STATES, VOTE_KINDS
from meetings.models.sittings import CALLED
from meetings.pace import deadlines
from meetings.queries.bodies import members_of
from meetings.queries.minutes import (
    desk_for,
    line_for,
    note_for,
    open_desk_for,
    presences_of,
    quorum_of,
    reviews_of,
    versions_of_entry,
)
from meetings.queries.results import actions_of
from meetings.queries.sheet import sheet_for
from meetings.rights import FLOW, VOTING, WATCHING, Desk, Line, Minutes, can_correct, can_digest, can_move, can_run, can_write, parts_of
from meetings.views.reading import blueprint


@blueprint.context_processor
def minutes_words() -> dict[str, Any]:
    return {"entry_kinds": ENTRY_KINDS, "minutes_states": MINUTES_STATES, "presences": PRESENCES, "vote_kinds": VOTE_KINDS,
            "action_states": ACTION_STATES, "correction_states": CORRECTION_STATES}


@blueprint.get("/<int:sitting_id>/minutes")
def minutes(sitting_id: int) -> str:
    desk = open_desk_for(current_user, sitting_id)
    return render_template("meetings/minutes.html", title=f"議事録・第{desk.table.sitting.number}回 {desk.table.seat.body.name}", **_shown(desk))


@blueprint.get("/<int:sitting_id>/minutes/panel")
def minutes_panel(sitting_id: int) -> str:
    """For the screen on which the papers are read."""
    return render_template("meetings/panel.html", title="議事録", **_shown(open_desk_for(current_user, sitting_id)))


@blueprint.get("/items/<int:item_id>/minutes")
def item_minutes(item_id: int) -> str:
    """The block of one item: what a screen asks for again when something was written."""
    note = note_for(current_user, item_id)
    return render_template("meetings/record.html", title=note.topic.item.title, **_of_item(note.desk, item_id))


@blueprint.get("/<int:sitting_id>/minutes/composer")
def composer(sitting_id: int) -> str:
    """?item=, ?kind=: what was written last."""
    desk = open_desk_for(current_user, sitting_id)
    sheet = sheet_for(current_user, desk)
    return render_template("meetings/composer.html", title="記録する", desk=desk, table=desk.table, sheet=sheet, voices=_voices(desk),
                           chosen=request.args.get("item", type=int), kind=request.args.get("kind", "summary"), written=True)


@blueprint.post("/<int:sitting_id>/entries")
def write_entry(sitting_id: int) -> Response:
    item_id = number(request.form, "item")
    draft = EntryDraft.parse(request.form)
    writing.write_entry(current_user, item_id, draft)
    return redirect(url_for("meetings.composer", sitting_id=sitting_id, item=item_id, kind=draft.kind), 303)


@blueprint.get("/entries/<int:entry_id>/editing")
def editing_entry(entry_id: int) -> str:
    """For who writes: the paragraph itself. For who was there: how one would have it read."""
    found = line_for(current_user, entry_id)
    if can_write(current_user, found.note):
        return _editing(found, "段落を直す", None)
    return render_template("meetings/correcting.html", title="直しを申し出る", line=found, entry=found.entry, table=found.note.desk.table,
                           desk=found.note.desk, may_correct=can_correct(current_user, found))


@blueprint.post("/entries/<int:entry_id>/text")
def change_entry(entry_id: int) -> Response | tuple[str, int]:
    """Where somebody was quicker, both texts stand side by side, and one's own is still in the form."""
    draft = EntryDraft.parse(request.form)
    try:
        writing.change_entry(current_user, entry_id, draft)
    except Conflict:
        found = line_for(current_user, entry_id)
        if found.entry.version == draft.version:
            raise
        return _editing(found, "ほかの人も直しました", draft), 409
    return _to_item(line_for(current_user, entry_id).entry.item_id)


@blueprint.post("/entries/<int:entry_id>/removal")
def remove_entry(entry_id: int) -> Response:
    item_id = line_for(current_user, entry_id).entry.item_id
    writing.remove_entry(current_user, entry_id, number(request.form, "version"))
    return _to_item(item_id)


@blueprint.post("/items/<int:item_id>/beginning")
def start_item(item_id: int) -> Response:
    running.start_item(current_user, item_id)
    return _to_minutes(note_for(current_user, item_id).topic.item.sitting_id)


@blueprint.post("/items/<int:item_id>/end")
def finish_item(item_id: int) -> Response:
    running.finish_item(current_user, item_id)
    return _to_minutes(note_for(current_user, item_id).topic.item.sitting_id)


@blueprint.post("/<int:sitting_id>/roll")
def call_roll(sitting_id: int) -> Response:
    desk = desk_for(current_user, sitting_id)
    people = [card.id for _, cards in members_of(desk.table.seat.body) for card in cards]
    running.call_roll(current_user, sitting_id, RollDraft.parse(request.form, people))
    return _to_minutes(sitting_id)


@blueprint.post("/<int:sitting_id>/closing")
def close_sitting(sitting_id: int) -> Response:
    running.close_sitting(current_user, sitting_id)
    return _to_minutes(sitting_id)


@blueprint.post("/<int:sitting_id>/summary")
def publish_summary(sitting_id: int) -> Response:
    running.publish_summary(current_user, sitting_id)
    return _to_minutes(sitting_id)


@blueprint.post("/<int:sitting_id>/minutes/step")
def move_minutes(sitting_id: int) -> Response:
    """act=ask, return, lock."""
    reviewing.move_minutes(current_user, sitting_id, str(request.form.get("act")), line(request.form, "reason", most=LONGEST_LINE))
    return _to_minutes(sitting_id)


@blueprint.post("/<int:sitting_id>/minutes/digest")
def prepare_digest(sitting_id: int) -> Response:
    """Nothing is sent: the draft opens where it is looked over."""
    desk = open_desk_for(current_user, sitting_id)
    authorize(current_user, Minutes.DIGEST, desk)
    return redirect(notice_desk().prepare(current_user, digest_of(desk)), 303)


@blueprint.post("/<int:sitting_id>/minutes/review")
def review_minutes(sitting_id: int) -> Response:
    reviewing.review_minutes(current_user, sitting_id)
    return _to_minutes(sitting_id)


@blueprint.post("/entries/<int:entry_id>/corrections")
def propose_correction(entry_id: int) -> Response:
    reviewing.propose_correction(current_user, entry_id, CorrectionDraft.parse(request.form))
    return _to_item(line_for(current_user, entry_id).entry.item_id)


@blueprint.post("/corrections/<int:correction_id>/acceptance")
def accept_correction(correction_id: int) -> Response:
    reviewing.accept_correction(current_user, correction_id, number(request.form, "version"))
    return _to_item(number(request.form, "item"))


@blueprint.post("/corrections/<int:correction_id>/refusal")
def decline_correction(correction_id: int) -> Response:
    reviewing.decline_correction(current_user, correction_id, line(request.form, "reply", most=LONGEST_LINE))
    return _to_item(number(request.form, "item"))


def _shown(desk: Desk) -> dict[str, Any]:
    sitting, body = desk.table.sitting, desk.table.seat.body
    presences, watches = presences_of(sitting.id), desk.table.seat.role in WATCHING
    members = members_of(body)
    reviews = reviews_of(sitting.id) if watches else {}
    return {"desk": desk, "table": desk.table, "sitting": sitting, "sheet": sheet_for(current_user, desk), "members": members, "presences": presences,
            "quorum": quorum_of(body, presences), "reviews": reviews, "watches": watches,
            "may_digest": can_digest(current_user, desk), "may_run": can_run(current_user, desk),
            "may_write": desk.table.seat.role == "secretary" and sitting.state == CALLED and desk.record.state != "locked",
            "steps": FLOW.open_to(desk.record.state, parts_of(desk)) if can_move(current_user, desk) else [], "voices": _voices(desk),
            "deadlines": deadlines(sitting.starts_at, desk.record) if clock.now() >= sitting.starts_at else [], "chosen": None, "kind": "summary",
            "voting": {card.id for role, cards in members if role in VOTING for card in cards}}


def _editing(found: Line, title: str, mine: EntryDraft | None) -> str:
    action = actions_of([found.entry.id]).get(found.entry.id)
    owner = (mine.owner_id if mine else action.owner_id) if action else None
    return render_template("meetings/entry.html", title=title, line=found, entry=found.entry, table=found.note.desk.table, desk=found.note.desk,
                           action=action, owner=list(people_cards([owner]).values()) if owner else [], voices=_voices(found.note.desk), mine=mine,
                           versions=versions_of_entry(found.entry))


def _of_item(desk: Desk, item_id: int) -> dict[str, Any]:
    body = desk.table.seat.body
    presences = presences_of(desk.table.sitting.id)
    voting = {card.id for role, cards in members_of(body) if role in VOTING for card in cards}
    return {"desk": desk, "table": desk.table, "sitting": desk.table.sitting, "sheet": sheet_for(current_user, desk, item_id), "presences": presences,
            "may_run": can_run(current_user, desk), "voting": voting, "members": members_of(body)}


def _voices(desk: Desk) -> list[str]:
    """Who may have said something: members by name and role."""
    return [f"{card.name}（{ROLES[role]}）" for role, cards in members_of(desk.table.seat.body) for card in cards]


def _to_item(item_id: int) -> Response:
    return redirect(url_for("meetings.item_minutes", item_id=item_id), 303)


def _to_minutes(sitting_id: int) -> Response:
    return redirect(url_for("meetings.minutes", sitting_id=sitting_id), 303)
