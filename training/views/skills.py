"""Skills: mine, the frameworks, what sections want, evidence and its review, and the map of what is missing where."""
from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import people_cards, unit_for
from groupware.kernel.given import line, number, words
from groupware.kernel.permissions import authorize
from groupware.ui.tables import as_table
from training.commands import skills as deeds
from training.flows.skills import CLAIM
from training.forms.skills import COLUMNS, MOST_BYTES, ClaimDraft, FrameworkDraft, WantedDraft, items, level, months
from training.models.skills import CLAIMS, EDITIONS, LEVELS, PROOFS, ROLES
from training.permissions.courses import can_plan, heads_of
from training.permissions.skills import Skills, can_map
from training.queries.heat import heat_for, wanted_by
from training.queries.leaders import all_sections, rules_in_force
from training.queries.skills import (
    certifications_in,
    certifications_of,
    claim_for,
    framework_for,
    frameworks,
    known_by,
    skill_in_force,
    skill_of,
    skills_in_force,
    skills_of,
    steps_of_claim,
    to_review,
)
from training.views.learning import blueprint


@blueprint.get("/skills")
def skills() -> str:
    """One's own; and what waits for one's review."""
    authorize(current_user, Skills.LOOK)
    return render_template("training/skills.html", title="スキル", known=known_by(current_user.user_id), levels=LEVELS, claims=CLAIMS,
                           reviews=to_review(current_user), made=certifications_of(current_user.user_id), frameworks=frameworks(current_user),
                           editions=EDITIONS, may_keep=can_plan(current_user, None), may_map=can_map(current_user, None),
                           heads=bool(heads_of(current_user)))


@blueprint.post("/skills/ratings")
def rate() -> Response:
    deeds.rate_oneself(current_user, number(request.form, "skill", "スキルを選んでください。"), level(request.form))
    return redirect(url_for("training.skills"), 303)


@blueprint.get("/frameworks/new")
def new_framework() -> str:
    authorize(current_user, Skills.KEEP)
    return render_template("training/framework_form.html", title="枠組の版を用意する")


@blueprint.post("/frameworks")
def draft_framework() -> Response:
    made = deeds.draft_framework(current_user, FrameworkDraft.parse(request.form))
    return redirect(url_for("training.framework", framework_id=made), 303)


@blueprint.get("/frameworks/<int:framework_id>")
def framework(framework_id: int) -> str:
    found = framework_for(current_user, framework_id)
    return render_template("training/framework.html", title=f"{found.name} {found.edition}", framework=found, skills=skills_of([framework_id]),
                           editions=EDITIONS, may_keep=can_plan(current_user, None), columns=COLUMNS)


@blueprint.post("/frameworks/<int:framework_id>/items")
def bring_items(framework_id: int) -> Response:
    file = request.files.get("file")
    deeds.bring_items(current_user, framework_id, items(file.stream.read(MOST_BYTES + 1) if file else b""))
    return redirect(url_for("training.framework", framework_id=framework_id), 303)


@blueprint.post("/frameworks/<int:framework_id>/enforcement")
def enforce_framework(framework_id: int) -> Response:
    deeds.enforce_framework(current_user, framework_id)
    return redirect(url_for("training.framework", framework_id=framework_id), 303)


@blueprint.get("/sections/<int:unit_id>/wanted")
def wanted(unit_id: int) -> str:
    authorize(current_user, Skills.KEEP)
    unit = unit_for(current_user, unit_id)
    return render_template("training/wanted.html", title=f"{unit.name}に要るスキル", unit=unit, wanted=wanted_by(unit_id), roles=ROLES, levels=LEVELS,
                           skills=[(each.id, each.name) for each in skills_in_force()])


@blueprint.post("/sections/<int:unit_id>/wanted")
def set_wanted(unit_id: int) -> Response:
    deeds.set_wanted(current_user, WantedDraft.parse({**request.form, "unit": str(unit_id)}))
    return redirect(url_for("training.wanted", unit_id=unit_id), 303)


@blueprint.get("/claims/new")
def new_claim() -> str:
    """?skill="""
    authorize(current_user, Skills.CLAIM)
    skill = skill_in_force(number(request.args, "skill", "スキルを選んでください。"))
    return render_template("training/claim_form.html", title="証拠を書く", skill=skill, claim=None, levels=LEVELS, proofs=PROOFS)


@blueprint.post("/claims")
def write_claim() -> Response:
    made = deeds.write_claim(current_user, ClaimDraft.parse(request.form))
    return redirect(url_for("training.claim", claim_id=made), 303)


@blueprint.get("/claims/<int:claim_id>")
def claim(claim_id: int) -> str:
    held = claim_for(current_user, claim_id)
    row, card = held.claim, people_cards([held.claim.user_id])[held.claim.user_id]
    made, holds = certifications_in(row)
    return render_template("training/claim.html", title="スキルの証拠", claim=row, skill=skill_of(row.skill_id), card=card, levels=LEVELS,
                           proofs=PROOFS, claims=CLAIMS, history=steps_of_claim(claim_id), mine="self" in held.parts, made=made,
                           holds=holds if can_plan(current_user, None) else None,
                           acts={step.act: step for step in CLAIM.open_to(row.state, held.parts)})


@blueprint.post("/claims/<int:claim_id>")
def rewrite_claim(claim_id: int) -> Response:
    deeds.rewrite_claim(current_user, claim_id, ClaimDraft.parse(request.form))
    return redirect(url_for("training.claim", claim_id=claim_id), 303)


@blueprint.post("/claims/<int:claim_id>/steps")
def move_claim(claim_id: int) -> Response:
    given = level(request.form) if request.form.get("level") else None
    deeds.move_claim(current_user, claim_id, line(request.form, "act"), words(request.form, "reason"), given, months(request.form))
    return redirect(url_for("training.claim", claim_id=claim_id), 303)


@blueprint.post("/certifications/<int:certification_id>/removal")
def take_certification(certification_id: int) -> Response:
    claim_id = deeds.take_certification(current_user, certification_id, words(request.form, "reason"))
    return redirect(url_for("training.claim", claim_id=claim_id) if claim_id else url_for("training.skills"), 303)


@blueprint.get("/heat")
def heat() -> str:
    """Sections x skills: how many people are missing."""
    authorize(current_user, Skills.MAP)
    found = heat_for(current_user)
    return render_template("training/heat.html", title="課とスキル", heat=found, beside=rules_in_force().beside,
                           may_keep=can_plan(current_user, None),
                           sections=[section.unit for section in all_sections()] if can_plan(current_user, None) else [],
                           heads=bool(heads_of(current_user)))


@blueprint.get("/heat.csv")
def heat_list() -> FlaskResponse:
    """?encoding="""
    authorize(current_user, Skills.MAP)
    found = heat_for(current_user)
    names = {skill.id: skill.name for skill in found.skills}
    return as_table("skills", ("部", "課", "スキル", "要る人数", "認定のある人", "不足", "自己点検だけの人"), (
        (row.above, row.unit.name, names[skill_id], cell.wanted, f"{cell.filled:g}", f"{cell.missing:g}", f"{cell.says:g}")
        for row in found.rows for skill_id, cell in row.cells.items()))
