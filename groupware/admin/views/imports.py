"""Lists brought in: a dry run that shows every difference, then all or nothing."""
from io import BytesIO

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from groupware.directory.commands.imports import confirm_import, drop_import, upload_import
from groupware.directory.forms import ImportDraft
from groupware.directory.forms.fields import day
from groupware.directory.forms.imports import LARGEST, WHAT
from groupware.directory.permissions import Directory
from groupware.directory.queries.imports import BUSY, WORDS, import_for, recent_imports
from groupware.kernel import clock
from groupware.kernel.errors import Refusal
from groupware.kernel.permissions import authorize

blueprint = Blueprint("admin", __name__, url_prefix="/admin", template_folder="../templates")


@blueprint.get("/imports")
def imports(refusal: Refusal | None = None) -> str:
    authorize(current_user, Directory.KEEP)
    return render_template("admin/imports.html", title="組織・職員の取り込み", imports=recent_imports(), what=WHAT, words=WORDS, refusal=refusal)


@blueprint.post("/imports")
def upload() -> Response | tuple[str, int]:
    """Checked by the helper; the page of the import says when it is done."""
    authorize(current_user, Directory.KEEP)
    file = request.files.get("file")
    body = file.stream.read(LARGEST + 1) if file else BytesIO().read()
    try:
        draft = ImportDraft(request.form.get("what", ""), (file.filename if file else "") or "", body, day(request.form, "day") or clock.today())
        return redirect(url_for("admin.show_import", import_id=upload_import(current_user, draft)), 303)
    except Refusal as refusal:
        return imports(refusal), refusal.status


@blueprint.get("/imports/<int:import_id>")
def show_import(import_id: int) -> str:
    authorize(current_user, Directory.KEEP)
    kept = import_for(current_user, import_id)
    return render_template("admin/import.html", title="取り込みの確かめ", kept=kept, report=kept.report, words=WORDS, busy=kept.state in BUSY,
                           what=WHAT[kept.what])


@blueprint.post("/imports/<int:import_id>/confirmation")
def confirm(import_id: int) -> Response:
    """Exactly what was shown, or nothing."""
    confirm_import(current_user, import_id, request.form.get("digest", ""))
    return redirect(url_for("admin.show_import", import_id=import_id), 303)


@blueprint.post("/imports/<int:import_id>/dropping")
def drop(import_id: int) -> Response:
    drop_import(current_user, import_id)
    return redirect(url_for("admin.imports"), 303)
