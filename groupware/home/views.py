"""/"""
from flask import Blueprint, render_template
from flask_login import current_user

from groupware.kernel import clock
from groupware.kernel.house import house

blueprint = Blueprint("home", __name__, template_folder="templates", static_folder="static/home", static_url_path="/home/static")


@blueprint.get("/")
def index() -> str:
    """Each feature's widgets; a sentence before any list."""
    widgets = [widget for feature in house.features for make in feature.widgets if (widget := make(current_user))]
    today = clock.today()
    return render_template("home/index.html", title="ホーム", widgets=widgets, sentences=[w.sentence for w in widgets if w.sentence], day=today,
                           weekday=clock.WEEKDAYS[today.weekday()], fiscal=clock.fiscal_year(today))
