"""「私の学び」: what I must take, what is ahead of me, what I have completed; and the same of a section for its head."""
from flask import Blueprint, render_template
from flask_login import current_user

from groupware.directory.queries import unit_tree
from groupware.kernel import clock
from groupware.kernel.permissions import authorize
from training.models.courses import GATHERED, SEATS, SOURCES
from training.models.plans import PLANS
from training.permissions.courses import Courses, heads_of
from training.queries.courses import completions_of, rooms, seats_of, to_permit
from training.queries.duties import DONE, EXCUSED, STATES, dues_of
from training.queries.plans import plans_of
from training.queries.sections import section_sheet

blueprint = Blueprint("training", "training", url_prefix="/training", template_folder="templates", static_folder="static/training",
                      static_url_path="/static")


@blueprint.get("")
def index() -> str:
    authorize(current_user, Courses.LOOK)
    dues, seats = dues_of(current_user.user_id), seats_of(current_user.user_id)
    left = [each for each in dues if each.state not in {DONE, EXCUSED}]
    year = clock.fiscal_year(clock.today())
    open_rooms = rooms([each.course.id for each in left if each.course.way == GATHERED], ("calling",), clock.now())
    return render_template("training/learning.html", title="私の学び", dues=dues, left=left, seats=seats, states=STATES, seat_words=SEATS,
                           booked={course.id for _, _, course in seats}, rooms=open_rooms, done=completions_of(current_user.user_id),
                           sources=SOURCES, today=clock.today(), permits=to_permit(current_user), heads=bool(heads_of(current_user)),
                           plan_words=PLANS, plan=next((each for each in plans_of(current_user.user_id) if each.year == year), None), year=year)


@blueprint.get("/section")
def section() -> str:
    """For whoever heads some units: their people by what they must take."""
    authorize(current_user, Courses.LOOK)
    sheet = section_sheet(current_user)
    return render_template("training/section.html", title="課の学び", sheet=sheet, states=STATES, permits=to_permit(current_user),
                           names={node.id: node.name for root in unit_tree() for node in root.walk()}, heads=True)
