"""A large file comes piece by piece: over a cut line, through a restart of the server, whole or not at all."""
import base64
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from groupware.audit.models import Entry
from groupware.files import forms, quota, sending
from groupware.files.models import File
from groupware.files.parts import MOST_PIECE, Elsewhere, Part, parts
from groupware.files.queries import address_of
from groupware.files.store import store
from groupware.kernel import db
from tests.files.office import PDF, again, browser, person, sent
from tests.files.test_files_in import on_disk

CONTENT = os.urandom(10_000)


def begin(client: FlaskClient, size: Any = 10_000) -> TestResponse:
    return client.post("/files/uploads", json={"size": size})


def put(client: FlaskClient, part_id: str, at: int, piece: bytes, **headers: str) -> TestResponse:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.patch(f"/files/uploads/{part_id}", data=piece, headers={"Upload-Offset": str(at), **more})


def end(client: FlaskClient, part_id: str, name: str = "大きな図面.bin", **headers: str) -> TestResponse:
    return client.post(f"/files/uploads/{part_id}/completion", json={"name": name}, headers={k.replace("_", "-"): v for k, v in headers.items()})


def arrived(client: FlaskClient, part_id: str) -> int:
    return int(client.get(f"/files/uploads/{part_id}").get_json()["arrived"])


def summed(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(sha256(content).digest()).decode()}:"


def test_pieces_become_the_file_they_were(house):
    owner = person()
    client = browser(house, owner)
    part = begin(client).get_json()["id"]
    assert [put(client, part, at, CONTENT[at:at + 4_000]).get_json()["arrived"] for at in range(0, 10_000, 4_000)] == [4_000, 8_000, 10_000]
    told = end(client, part, Repr_Digest=summed(CONTENT)).get_json()
    assert (told["id"], told["name"], told["size"]) == (part, "大きな図面.bin", 10_000)
    assert client.get(told["url"], buffered=True).data == CONTENT
    assert on_disk(house) == [CONTENT]
    assert db.session.scalar(select(func.count()).select_from(Entry).where(Entry.event.startswith("files."))) == 1


def test_who_was_cut_off_asks_how_far_it_came_and_goes_on(house):
    client = browser(house, person())
    part = begin(client).get_json()["id"]
    put(client, part, 0, CONTENT[:4_000])
    lost = put(client, part, 0, CONTENT[:4_000])
    assert (lost.status_code, lost.get_json()["arrived"]) == (409, 4_000)
    assert put(client, part, 5_000, CONTENT[5_000:]).status_code == 409
    assert arrived(client, part) == 4_000
    put(client, part, 4_000, CONTENT[4_000:])
    assert end(client, part).status_code == 201


def test_a_piece_that_is_torn_on_the_way_does_not_count(house):
    client = browser(house, person())
    part = begin(client).get_json()["id"]
    torn = put(client, part, 0, b"x" + CONTENT[1:4_000], Content_Digest=summed(CONTENT[:4_000]))
    assert (torn.status_code, arrived(client, part)) == (422, 0)
    short = client.patch(f"/files/uploads/{part}", data=CONTENT[:100], headers={"Upload-Offset": "0"}, environ_overrides={"CONTENT_LENGTH": "4000"})
    assert (short.status_code, arrived(client, part)) == (400, 0)
    assert put(client, part, 0, CONTENT[:4_000], Content_Digest=summed(CONTENT[:4_000])).status_code == 200


def test_a_file_that_is_not_what_it_should_be_is_thrown_away(house):
    client = browser(house, person())
    part = begin(client).get_json()["id"]
    put(client, part, 0, CONTENT)
    assert end(client, part, Repr_Digest=summed(b"another")).status_code == 422
    assert on_disk(house) == []
    assert client.get(f"/files/uploads/{part}").status_code == 404


def test_the_end_asked_for_again_is_the_same_file(house):
    owner = person()
    client = browser(house, owner)
    part = begin(client).get_json()["id"]
    put(client, part, 0, CONTENT)
    first, second = end(client, part).get_json(), end(client, part).get_json()
    assert first == second
    assert arrived(client, part) == 10_000
    assert db.session.scalar(select(func.count()).select_from(File)) == 1


def test_a_program_that_fell_between_the_disc_and_the_database_is_asked_again(house):
    owner = person()
    client = browser(house, owner)
    part = begin(client).get_json()["id"]
    put(client, part, 0, CONTENT)
    parts().whole(parts().find(owner.user_id, part))
    assert end(client, part).status_code == 201


def test_the_end_before_the_end_says_how_far_it_is(house):
    client = browser(house, person())
    part = begin(client).get_json()["id"]
    put(client, part, 0, CONTENT[:1_000])
    early = end(client, part)
    assert (early.status_code, early.get_json()["arrived"]) == (409, 1_000)


def test_size_and_quota_are_judged_before_a_byte_is_kept(house, monkeypatch):
    house.app.config["FILES_MAX_BYTES"] = 20_000
    monkeypatch.setattr(quota, "MOST_BYTES", 25_000)
    client = browser(house, person())
    assert [begin(client, size).status_code for size in (20_001, 0, -1, "12", True, None, 1.5)] == [413, 422, 422, 422, 422, 422, 422]
    assert begin(client, 20_000).status_code == 201
    assert begin(client, 6_000).status_code == 429
    assert begin(browser(house, person("大江 千尋")), 6_000).status_code == 201
    assert [content for content in on_disk(house) if content] == []


def test_only_so_many_are_on_their_way_at_a_time(house, monkeypatch):
    monkeypatch.setattr(sending, "MOST_UNDERWAY", 2)
    client = browser(house, person())
    first = begin(client).get_json()["id"]
    begin(client)
    assert begin(client).status_code == 429
    assert client.post(f"/files/uploads/{first}/removal").status_code == 204
    assert begin(client).status_code == 201


def test_a_disc_that_is_nearly_full_takes_no_more(house, monkeypatch):
    monkeypatch.setattr(forms, "SPARE", 10**18)
    refused = begin(browser(house, person()))
    assert (refused.status_code, refused.get_json()["error"]) == (507, "full")


def test_no_more_comes_than_was_said_and_no_piece_is_too_large(house):
    client = browser(house, person())
    part = begin(client).get_json()["id"]
    assert put(client, part, 0, CONTENT + b"x").status_code == 409
    too_much = {"CONTENT_LENGTH": str(MOST_PIECE + 1)}
    large = client.patch(f"/files/uploads/{part}", data=b"x", headers={"Upload-Offset": "0"}, environ_overrides=too_much)
    assert large.status_code == 413
    assert client.patch(f"/files/uploads/{part}", data=b"x").status_code == 422
    assert client.patch(f"/files/uploads/{part}", data=b"x", headers={"Upload-Offset": "-5"}).status_code == 409
    assert arrived(client, part) == 0


def test_nobody_touches_what_another_is_sending(house):
    client, other = browser(house, person()), browser(house, person("大江 千尋"))
    part = begin(client).get_json()["id"]
    put(client, part, 0, CONTENT)
    assert other.get(f"/files/uploads/{part}").status_code == 404
    assert put(other, part, 0, b"x").status_code == 404
    assert end(other, part).status_code == 404
    assert other.post(f"/files/uploads/{part}/removal").status_code == 404
    end(client, part)
    assert [other.get(f"/files/uploads/{part}").status_code, end(other, part).status_code] == [404, 404]
    for strange in ("..", "*", "%2e%2e%2fsecret", "x" * 22, "1.10000." + part):
        assert client.get(f"/files/uploads/{strange}").status_code == 404


def test_two_that_send_the_same_piece_at_once_are_one(house):
    owner = person()
    part = Part(owner.user_id, 8_000, "p" * 22)
    parts().begin(part)

    def send_it(_: int) -> bool:
        with house.app.app_context():
            try:
                return parts()._append(part, 0, CONTENT[:4_000]) == 4_000
            except Elsewhere:
                return False
    with ThreadPoolExecutor(8) as at_once:
        assert sum(at_once.map(send_it, range(8))) == 1
    assert parts().arrived(part) == 4_000


def test_what_is_the_same_as_another_file_is_kept_once(house):
    owner = person()
    earlier, client = sent(owner), browser(house, owner)
    part = begin(client, len(PDF)).get_json()["id"]
    put(client, part, 0, PDF)
    end(client, part)
    assert on_disk(house) == [PDF]
    assert client.get(address_of(again(owner, earlier)), buffered=True).data == PDF


def test_what_nobody_goes_on_with_is_swept(house, monkeypatch):
    client = browser(house, person())
    begin(client)
    store().sweep()
    assert len(on_disk(house)) == 1
    monkeypatch.setattr("groupware.files.disk.HALF_SENT", -timedelta(seconds=1).total_seconds())
    store().sweep()
    assert on_disk(house) == []
