"""Lists brought in: a dry run that shows every difference, then all or nothing. And the same lists taken out."""
from flask import Response as FlaskResponse
from flask import make_response, render_template, request, url_for
from flask_login import current_user
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from groupware.admin.answers import Answer, answer
from groupware.admin.views import blueprint
from groupware.directory.commands.imports import confirm_import, drop_import, upload_import
from groupware.directory.exporting import export
from groupware.directory.forms import ImportDraft
from groupware.directory.forms.fields import day
from groupware.directory.forms.imports import LARGEST, WHAT
from groupware.directory.permissions import Directory
from groupware.directory.queries.imports import BUSY, WORDS, import_for, recent_imports
from groupware.kernel import clock
from groupware.kernel.errors import Refusal
from groupware.kernel.permissions import authorize


@blueprint.get("/imports")
def imports(refusal: Refusal | None = None) -> str:
    authorize(current_user, Directory.KEEP)
    return render_template("admin/imports.html", title="取り込みと書き出し", imports=recent_imports(), what=WHAT, words=WORDS, refusal=refusal,
                           given=request.form)


@blueprint.post("/imports")
def upload() -> Answer:
    """Checked by the helper; the page of the import says when it is done."""
    authorize(current_user, Directory.KEEP)
    return answer(lambda: upload_import(current_user, _draft()), lambda made: url_for("admin.show_import", import_id=made), imports)


@blueprint.get("/imports/<int:import_id>")
def show_import(import_id: int) -> str:
    authorize(current_user, Directory.KEEP)
    kept = import_for(current_user, import_id)
    return render_template("admin/import.html", title=f"{WHAT[kept.what]}の取り込み", kept=kept, report=kept.report, words=WORDS,
                           busy=kept.state in BUSY, what=WHAT[kept.what])


@blueprint.post("/imports/<int:import_id>/confirmation")
def confirm(import_id: int) -> Response:
    """Exactly what was shown, or nothing."""
    confirm_import(current_user, import_id, request.form.get("digest", ""))
    return redirect(url_for("admin.show_import", import_id=import_id), 303)


@blueprint.post("/imports/<int:import_id>/dropping")
def drop(import_id: int) -> Response:
    drop_import(current_user, import_id)
    return redirect(url_for("admin.imports"), 303)


@blueprint.get("/lists")
def take_list() -> FlaskResponse | tuple[str, int]:
    """?what=people&encoding=cp932: the very form that ``upload`` reads."""
    try:
        taken = export(current_user, request.args.get("what", ""), request.args.get("encoding", ""))
    except Refusal as refusal:
        return imports(refusal), refusal.status
    response = make_response(taken.body)
    response.headers["Content-Type"] = f"text/csv; charset={taken.charset}"
    response.headers.set("Content-Disposition", "attachment", filename=taken.file_name)
    return response


def _draft() -> ImportDraft:
    file = request.files.get("file")
    body = file.stream.read(LARGEST + 1) if file else b""
    return ImportDraft(request.form.get("what", ""), (file.filename if file else "") or "", body, day(request.form, "day") or clock.today())
