"""Lists of units and people: brought, checked, shown, confirmed, applied whole or not at all.

What takes long (checking, applying) is done by the helper: see ``helping``.
"""
from groupware.directory.commands.applying import apply_plan
from groupware.directory.comparing.lists import plan_list
from groupware.directory.comparing.people import PeoplePlan
from groupware.directory.comparing.units import UnitPlan
from groupware.directory.events import DirectoryImported, ImportChecked, ImportConfirmed, ImportDropped, ImportRefused, ImportUploaded
from groupware.directory.forms import ImportDraft
from groupware.directory.models import Import
from groupware.directory.permissions import Directory
from groupware.directory.queries.imports import APPLIED, CHECKED, CONFIRMED, DROPPED, REFUSED, UPLOADED, WRONG, import_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid

CHANGED_MEANWHILE = "確かめてから取り込むまでのあいだに、名簿がほかで変わりました。何も取り込んでいません。もう一度、差分を確かめてください。"
MOST_TOLD = 5


@command(Directory.KEEP)
def upload_import(actor: Actor, draft: ImportDraft) -> int:
    """The import's id. Nothing is read yet."""
    kept = _keep(draft, actor.user_id, UPLOADED)
    record(actor, ImportUploaded(kept.id, kept.what))
    return kept.id


@command(Directory.KEEP, on=import_for)
def check_import(actor: Actor, kept: Import) -> None:
    """Writes down what it would change, or what is wrong with it."""
    if kept.state != UPLOADED:
        raise Already(None)
    plan = _plan(kept)
    kept.report, kept.digest = plan.report(), plan.digest
    kept.state = WRONG if plan.troubles else CHECKED
    record(actor, ImportChecked(kept.id, kept.state))


@command(Directory.KEEP, on=import_for)
def confirm_import(actor: Actor, kept: Import, digest: str) -> None:
    """``digest``: what the person has seen. Applied by the helper, in their name."""
    if kept.state == CONFIRMED:
        raise Already(None)
    if kept.state != CHECKED or digest != kept.digest:
        raise Conflict("この取り込みは、もう確かめた状態ではありません。画面を開き直してください。")
    kept.state, kept.user_id = CONFIRMED, actor.user_id
    record(actor, ImportConfirmed(kept.id, kept.digest))


@command(Directory.KEEP, on=import_for)
def apply_import(actor: Actor, kept: Import) -> None:
    """All of it. Raises Conflict when it would not be what was shown."""
    if kept.state != CONFIRMED:
        raise Already(None)
    plan = _plan(kept)
    if plan.troubles or plan.digest != kept.digest:
        raise Conflict(CHANGED_MEANWHILE)
    _apply(kept, plan, actor)


@command(Directory.KEEP, on=import_for)
def refuse_import(actor: Actor, kept: Import, sentence: str) -> None:
    """It could not be read, or not be applied: why, for whoever brought it."""
    if kept.state not in (UPLOADED, CONFIRMED):
        raise Already(None)
    kept.state, kept.body = REFUSED, b""
    kept.report = {**kept.report, "refusal": sentence}
    record(actor, ImportRefused(kept.id))


@command(Directory.KEEP, on=import_for)
def drop_import(actor: Actor, kept: Import) -> None:
    if kept.state not in (WRONG, CHECKED):
        raise Already(None)
    kept.state, kept.body = DROPPED, b""
    record(actor, ImportDropped(kept.id))


@command(Directory.KEEP)
def import_directory(actor: Actor, draft: ImportDraft) -> int:
    """Checked and applied in one deed, for programs. Raises Invalid with the first lines to mend."""
    kept = _keep(draft, actor.user_id, CONFIRMED)
    plan = _plan(kept)
    if plan.troubles:
        told = [f"{line}行目 {title}: {sentence}" for line, title, sentence in plan.report()["troubles"][:MOST_TOLD]]
        raise Invalid(" / ".join(told))
    _apply(kept, plan, actor)
    return kept.id


def _keep(draft: ImportDraft, user_id: int, state: str) -> Import:
    kept = Import(what=draft.what, file_name=draft.file_name[:200], body=draft.body, day=draft.day, state=state, report={}, user_id=user_id,
                  created_at=clock.now())
    db.session.add(kept)
    db.session.flush()
    return kept


def _plan(kept: Import) -> UnitPlan | PeoplePlan:
    return plan_list(kept.what, kept.body, kept.day)


def _apply(kept: Import, plan: UnitPlan | PeoplePlan, actor: Actor) -> None:
    """The file itself is not kept: what it said stands in the directory now."""
    apply_plan(plan, actor)
    kept.state, kept.body, kept.report, kept.digest = APPLIED, b"", plan.report(), plan.digest
    record(actor, DirectoryImported(kept.id, kept.what, len(plan.new), len(plan.changed)))
