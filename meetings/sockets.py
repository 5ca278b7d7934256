"""The socket door of a sitting: what the pages under /meetings do as well, for browsers without a socket."""
from typing import Any

from groupware.kernel.actor import Actor
from groupware.kernel.given import number
from meetings import following
from meetings.note_draft import NotesDraft
from meetings.noting import keep_notes


def enter(actor: Actor, data: dict[str, Any]) -> dict[str, Any]:
    """{sitting} -> the presenter's place"""
    return {"place": following.enter(actor, number(data, "sitting"))}


def turn(actor: Actor, data: dict[str, Any]) -> dict[str, Any]:
    """{sitting, paper, page}"""
    return {"place": following.turn(actor, number(data, "sitting"), number(data, "paper"), number(data, "page"))}


def notes(actor: Actor, data: dict[str, Any]) -> dict[str, Any]:
    """{paper, notes: [{key, file, page, kind, body, revision, gone}]} -> {kept: [keys]}. After the commit, and only then."""
    return {"kept": keep_notes(actor, number(data, "paper"), NotesDraft.parse(data))}
