"""The desk's first page."""
from flask import render_template
from flask_login import current_user

from groupware.admin.views import blueprint
from groupware.directory.permissions import Directory, can_keep
from groupware.kernel.permissions import authorize


@blueprint.get("")
def index() -> str:
    authorize(current_user, Directory.GROUP)
    return render_template("admin/index.html", title="管理", keeps=can_keep(current_user, None))
