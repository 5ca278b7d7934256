"""Whoever opens a paper that is 機密 stands in the audit before a byte of it leaves."""
from typing import Any

import pytest
from flask.testing import FlaskClient

from groupware.auth.arrival import Arrival
from groupware.auth.commands.entering import Entry, sign_in
from groupware.auth.models import BY_PASSWORD
from groupware.files import recording
from groupware.files.queries import files_of
from groupware.kernel import db
from groupware.kernel.actor import Actor
from meetings.queries.items import paper_ref
from tests.directory.town import audited
from tests.meetings.town import body, called, hall, item, papers, sitting


def test_opening_a_secret_paper_is_recorded_once_a_reading_and_an_open_one_is_not(house: Any) -> None:
    people = hall()
    meeting = sitting(people, body(people))
    addresses = {}
    for level in ("staff", "secret"):
        paper = papers(people["secretary"], item(people["secretary"], meeting, level, level=level))[0]
        addresses[level] = (paper, _address(paper))
    called(people, meeting)
    chair, speaker = _browser(house, people["chair"]), _browser(house, people["speaker"])
    assert _read(chair, addresses["staff"][1])[0] == 200
    assert audited("files.LabelledRead") == []
    for _ in range(2):
        assert _read(chair, addresses["secret"][1])[0] == 200
    assert _read(speaker, addresses["secret"][1])[0] == 404
    assert [(entry["thing"], entry["label"]) for entry in audited("files.LabelledRead")] == [(f"meetings.paper:{addresses['secret'][0]}", "機密")]
    assert _read(_browser(house, people["chair"]), addresses["secret"][1], headers={"Range": "bytes=0-3"})[0] == 206
    assert len(audited("files.LabelledRead")) == 2      # another sign-in is another reading


def test_what_cannot_be_recorded_does_not_leave(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    people = hall()
    meeting = sitting(people, body(people))
    paper = papers(people["secretary"], item(people["secretary"], meeting, level="secret"))[0]
    called(people, meeting)

    def full_disc(*_: object) -> None:
        raise OSError("no space left")
    monkeypatch.setattr(recording, "note_reading", full_disc)
    status, said = _read(_browser(house, people["chair"]), _address(paper))
    assert status == 500
    assert b"%PDF" not in said


def _address(paper_id: int) -> str:
    db.end_reading()
    return f"/files/{files_of([paper_ref(paper_id)])[paper_ref(paper_id)][0].id}/x.pdf"


def _read(client: FlaskClient, address: str, **more: Any) -> tuple[int, bytes]:
    with client.get(address, **more) as answer:
        return answer.status_code, answer.data


def _browser(house: Any, who: Actor) -> FlaskClient:
    client: FlaskClient = house.client()
    token = sign_in(who, Entry(Arrival("127.0.0.1", "127.0.0.1", "Windows・Edge", "0" * 32), BY_PASSWORD))
    with client.session_transaction() as kept:
        kept["_user_id"] = token
    return client
