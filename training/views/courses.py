"""Courses: the list, one course, writing one; how far everybody is, and those missing reminded."""
from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import people_cards, unit_tree
from groupware.directory.queries.aims import Part, words_of
from groupware.directory.queries.lists import all_posts, staff_kinds
from groupware.files.queries import files_of
from groupware.kernel import clock
from groupware.kernel.errors import Forbidden
from groupware.kernel.given import line, number, numbers
from groupware.kernel.permissions import authorize
from groupware.ui.tables import as_table
from training.commands import courses as deeds
from training.commands.duties import chase_missing, excuse_duty
from training.commands.learning import learn_alone
from training.forms.courses import ROLES, CourseDraft
from training.models.courses import OFFERED, RETIRED, SITTINGS, WAYS, Course
from training.permissions.courses import Courses, Watched, can_plan, can_see, heads_of, keeps
from training.queries.courses import AHEAD, completions_of, compulsory, course_for, courses, parts_of_course, rooms
from training.queries.duties import MISSING, STATES, Tally, by_section, chasings_of, dues_of, pupils, tallies, watched_for
from training.queries.quizzes import belongs, quiz_of
from training.queries.surveys import survey_of
from training.views.learning import blueprint


@blueprint.get("/courses")
def all_courses() -> str:
    authorize(current_user, Courses.LOOK)
    may_plan = can_plan(current_user, None)
    found = courses((OFFERED, RETIRED) if may_plan else (OFFERED,))
    nearest = {room.sitting.course_id: room for room in reversed(rooms(states=("calling",), since=clock.now()))}
    return render_template("training/courses.html", title="研修", courses=found, ways=WAYS, nearest=nearest, must=compulsory(), may_plan=may_plan,
                           mine={due.course.id: due.state for due in dues_of(current_user.user_id)}, states=STATES,
                           heads=bool(heads_of(current_user)))


@blueprint.get("/courses/new")
def new_course() -> str:
    if not can_plan(current_user, None):
        raise Forbidden
    return _form("研修を設ける", None, [])


@blueprint.post("/courses")
def make_course() -> Response:
    made = deeds.make_course(current_user, CourseDraft.parse(request.form))
    return redirect(url_for("training.course", course_id=made), 303)


@blueprint.get("/courses/<int:course_id>")
def course(course_id: int) -> str:
    found = course_for(current_user, course_id)
    watched, keeper = watched_for(current_user, course_id), keeps(current_user, found)
    states = AHEAD if keeper else ("calling", "shut")
    me, quiz = current_user.user_id, quiz_of(course_id)
    return render_template(
        "training/course.html", title=found.title, course=found, ways=WAYS, keeper=keeper, sitting_words=SITTINGS, parts=parts_of_course(course_id),
        aimed=_aimed(course_id), rooms=rooms([course_id], states), past=rooms([course_id], ("settled", "cancelled")) if keeper else [],
        files=files_of([found.ref]).get(found.ref, []), due=next((due for due in dues_of(me) if due.course.id == course_id), None), states=STATES,
        done=[each for each in completions_of(me) if each.course_id == course_id], owner=people_cards([found.owner_id]).get(found.owner_id),
        survey=survey_of(course_id) if keeper else None, quiz=quiz, takes=bool(quiz and quiz.used and belongs(found, me)),
        total=_total(watched) if can_see(current_user, watched) else None, heads=bool(heads_of(current_user)))


@blueprint.get("/courses/<int:course_id>/edit")
def editing(course_id: int) -> str:
    found = course_for(current_user, course_id)
    authorize(current_user, Courses.KEEP, found)
    return _form("研修を改める", found, parts_of_course(course_id))


@blueprint.post("/courses/<int:course_id>")
def change_course(course_id: int) -> Response:
    deeds.change_course(current_user, course_id, CourseDraft.parse(request.form))
    return redirect(url_for("training.course", course_id=course_id), 303)


@blueprint.post("/courses/<int:course_id>/retirement")
def retire(course_id: int) -> Response:
    deeds.retire_course(current_user, course_id)
    return redirect(url_for("training.course", course_id=course_id), 303)


@blueprint.post("/courses/<int:course_id>/completion")
def learn(course_id: int) -> Response:
    learn_alone(current_user, course_id)
    return redirect(url_for("training.course", course_id=course_id), 303)


@blueprint.get("/courses/<int:course_id>/standing")
def standing(course_id: int) -> str:
    """?show=all: also those who are done, excused or away."""
    watched = _watched(course_id)
    everybody = request.args.get("show") == "all"
    return render_template("training/standing.html", title=f"{watched.course.title}の受講", course=watched.course, sections=by_section(watched),
                           total=_total(watched), pupils=pupils(watched, tuple(STATES) if everybody else MISSING), states=STATES, everybody=everybody,
                           chasings=chasings_of(course_id), keeper=keeps(current_user, watched.course), aimed=_aimed(course_id))


@blueprint.get("/courses/<int:course_id>/standing.csv")
def standing_list(course_id: int) -> FlaskResponse:
    """?encoding="""
    watched = _watched(course_id)
    heads = ("所属", "職員番号", "氏名", "状況", "期限", "途中から", "免除のわけ")
    return as_table(f"training-{course_id}", heads, (
        (each.card.label, each.card.staff_number, each.card.name, STATES[each.state], each.duty.due_on or "", "途中から" if each.duty.late else "",
         each.duty.excused) for each in pupils(watched)))


@blueprint.post("/courses/<int:course_id>/reminders")
def chase(course_id: int) -> Response:
    unit = number(request.form, "unit")
    chase_missing(current_user, course_id, _below(unit) if unit else None, numbers(request.form, "person"))
    return redirect(url_for("training.standing", course_id=course_id), 303)


@blueprint.post("/courses/<int:course_id>/exemptions")
def excuse_from(course_id: int) -> Response:
    excuse_duty(current_user, course_id, number(request.form, "person", "人を選んでください。"), line(request.form, "reason"))
    return redirect(url_for("training.standing", course_id=course_id, show="all"), 303)


def _watched(course_id: int) -> Watched:
    watched = watched_for(current_user, course_id)
    authorize(current_user, Courses.SEE, watched)
    return watched


def _total(watched: Watched) -> Tally:
    return sum(tallies([watched.course.id], watched.units)[watched.course.id].values(), Tally())


def _aimed(course_id: int) -> str:
    parts = parts_of_course(course_id)
    return words_of(parts) if parts else ""


def _below(unit_id: int) -> frozenset[int]:
    nodes = [node for root in unit_tree() for node in root.walk() if node.id == unit_id]
    return frozenset(each.id for node in nodes for each in node.walk()) or frozenset({unit_id})


def _form(title: str, found: Course | None, parts: list[Part]) -> str:
    chosen: dict[str, list[str]] = {}
    for part, who in parts:
        kind, _, number = who.partition(":")
        chosen.setdefault(f"{part}_{kind}", []).append(number)
    without = people_cards(int(number) for number in chosen.get("without_person", ()))
    return render_template("training/course_form.html", title=title, course=found, values=chosen, ways=WAYS, tree=unit_tree(), roles=ROLES,
                           posts=[(post.id, post.name) for post in all_posts()], kinds=[(kind.id, kind.name) for kind in staff_kinds()],
                           without=list(without.values()), files=files_of([found.ref]).get(found.ref, []) if found else [],
                           owner=list(people_cards([found.owner_id]).values()) if found else [])
