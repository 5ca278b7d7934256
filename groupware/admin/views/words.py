"""The words of the city's own: kinds of staff, kinds of units, posts."""
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user

from groupware.admin.answers import Answer, answer
from groupware.admin.views import blueprint
from groupware.directory.commands import lists as acts
from groupware.directory.forms import PostDraft, StaffKindDraft, UnitKindDraft
from groupware.directory.models import Post, StaffKind, UnitKind
from groupware.directory.permissions import Directory
from groupware.directory.queries.lists import all_posts, staff_kinds, unit_kinds, uses
from groupware.kernel.errors import NotFound, Refusal
from groupware.kernel.permissions import authorize


@dataclass(frozen=True, slots=True)
class WordList:
    """``order`` names the number by which the words are sorted, ``mark`` the one fact that is yes or no, if there is one."""

    title: str
    hint: str
    table: acts.Word
    draft: Any
    rows: Callable[[], list[Any]]
    order: str
    mark: str = ""
    mark_label: str = ""


LISTS = {
    "staff-kinds": WordList("職員の区分", "正職員、会計年度任用 など", StaffKind, StaffKindDraft, staff_kinds, "position", "outside", "外部の人"),
    "unit-kinds": WordList("組織の種別", "部、課、係、出先機関 など", UnitKind, UnitKindDraft, unit_kinds, "position",
                           "after_parent", "上の組織に続けて書く"),
    "posts": WordList("職名", "数の小さいものほど上の職です", Post, PostDraft, all_posts, "rank"),
}


@blueprint.get("/words")
def words(refusal: Refusal | None = None) -> str:
    authorize(current_user, Directory.KEEP)
    return render_template("admin/words.html", title="区分・種別・職名", lists=LISTS, uses=uses(), refusal=refusal, given=request.form)


@blueprint.post("/words/<name>")
def add_word(name: str) -> Answer:
    return _done(lambda: acts.add_word(current_user, _list(name).draft.parse(request.form)), name)


@blueprint.post("/words/<name>/<int:word_id>")
def change_word(name: str, word_id: int) -> Answer:
    return _done(lambda: acts.change_word(current_user, word_id, _list(name).draft.parse(request.form)), name)


@blueprint.post("/words/<name>/<int:word_id>/removal")
def remove_word(name: str, word_id: int) -> Answer:
    return _done(lambda: acts.remove_word(current_user, _list(name).table, word_id), name)


def _done(act: Callable[[], Any], name: str) -> Answer:
    authorize(current_user, Directory.KEEP)
    return answer(act, lambda _: url_for("admin.words", _anchor=name), words)


def _list(name: str) -> WordList:
    if name not in LISTS:
        raise NotFound
    return LISTS[name]
