"""The register of commissions, one of them, and its own way."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from advice.commands import commissions as deeds
from advice.flows import COMMISSION
from advice.forms import DECIDERS, CandidateDraft, CommissionMove, TermDraft
from advice.models import CANDIDATE, COMMISSION_WAY, COMMISSIONS, OVER, TRAVEL
from advice.permissions import Commissions, can_move_commission, can_name, can_read_register
from advice.queries.commissions import accounts_free, commission_for, may_look, others_of, register, steps_of
from advice.queries.pieces import rules_in_force
from advice.views.pieces import blueprint
from groupware.directory.queries import people_cards
from groupware.kernel.errors import Conflict, Forbidden
from groupware.kernel.given import number
from groupware.kernel.permissions import authorize
from groupware.kernel.ports import approval_desk

SIMPLE = {"drop", "dismiss"}


@blueprint.get("/commissions")
def commissions() -> str:
    """行政管理課 and who oversees: everybody; an adviser their own."""
    if not may_look(current_user):
        raise Forbidden
    return render_template("advice/commissions.html", title="DXアドバイザーの委嘱", rows=register(current_user), states=COMMISSIONS, over=OVER,
                           may_name=can_name(current_user, None), all=can_read_register(current_user, None))


@blueprint.get("/commissions/new")
def naming() -> str:
    authorize(current_user, Commissions.NAME)
    return render_template("advice/naming.html", title="アドバイザーの候補を挙げる", found=None, accounts=accounts_free())


@blueprint.post("/commissions")
def name() -> Response:
    return _to(deeds.name_adviser(current_user, CandidateDraft.parse(request.form)))


@blueprint.get("/commissions/<int:commission_id>")
def commission(commission_id: int) -> str:
    held = commission_for(current_user, commission_id)
    found, card = held.commission, people_cards([held.commission.user_id] if held.commission.user_id else [])
    steps = COMMISSION.open_to(found.state, held.parts) if can_move_commission(current_user, held) else []
    acts = {step.act: step for step in steps}
    whole = "self" not in held.parts
    return render_template("advice/commission.html", title=f"{found.name} さんの委嘱", found=found, card=card.get(found.user_id or 0), acts=acts,
                           simple=[step for step in steps if step.act in SIMPLE], states=COMMISSIONS, way=COMMISSION_WAY, travel=TRAVEL,
                           deciders=DECIDERS, rules=rules_in_force(), whole=whole, history=steps_of(commission_id) if whole else [],
                           asked=approval_desk().standing(found.ref) if whole else None, others=others_of(found) if whole else [],
                           accounts=accounts_free() if "tie" in acts and not found.user_id else [])


@blueprint.get("/commissions/<int:commission_id>/text")
def renaming(commission_id: int) -> str:
    held = commission_for(current_user, commission_id)
    authorize(current_user, Commissions.MOVE, held)
    if held.commission.state != CANDIDATE:
        raise Conflict("伺いを立てたあとは、書き直せません。")
    return render_template("advice/naming.html", title="候補の記録を書き直す", found=held.commission, accounts=accounts_free(held.commission))


@blueprint.post("/commissions/<int:commission_id>/text")
def rename(commission_id: int) -> Response:
    deeds.rewrite_adviser(current_user, commission_id, CandidateDraft.parse(request.form))
    return _to(commission_id)


@blueprint.post("/commissions/<int:commission_id>/askings")
def ask_desk(commission_id: int) -> Response:
    """委嘱, or its renewal."""
    again = commission_for(current_user, commission_id).commission.state != CANDIDATE
    (deeds.ask_renewal if again else deeds.ask_commission)(current_user, commission_id, TermDraft.parse(request.form))
    return _to(commission_id)


@blueprint.post("/commissions/<int:commission_id>/steps")
def move_commission(commission_id: int) -> Response:
    deeds.move_commission(current_user, commission_id, CommissionMove.parse(request.form))
    return _to(commission_id)


@blueprint.post("/commissions/<int:commission_id>/account")
def tie_account(commission_id: int) -> Response:
    deeds.tie_account(current_user, commission_id, number(request.form, "account", "結び付けるアカウントを選んでください。"))
    return _to(commission_id)


def _to(commission_id: int) -> Response:
    return redirect(url_for("advice.commission", commission_id=commission_id), 303)
