"""People, things to hang files on, and hostile bytes, for the tests of files."""
import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from groupware.auth.arrival import Arrival
from groupware.auth.commands.entering import Entry, sign_in
from groupware.directory.commands.people import create_person
from groupware.directory.forms import PersonDraft
from groupware.directory.queries import actor_for
from groupware.files.models import File
from groupware.files.queries import file_for
from groupware.files.sending import send
from groupware.kernel import db, jobs
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card

_numbers = count(1)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Desk:
    """A feature's thing, ``desk.paper:<id>``: seen by whose id is on its list."""

    readers: dict[int, set[int]] = field(default_factory=dict)

    def cards(self, actor: Actor, numbers: Collection[int]) -> list[Card]:
        return [Card(Ref("desk.paper", number), "書類", f"/desk/{number}", "form") for number in numbers
                if actor.user_id in self.readers.get(number, ())]

    def lay(self, number: int, *readers: Actor) -> Ref:
        self.readers[number] = {reader.user_id for reader in readers}
        return Ref("desk.paper", number)


def person(name: str = "藤倉 美咲") -> Actor:
    family, _, given = name.partition(" ")
    made = create_person(SYSTEM, PersonDraft(f"{next(_numbers):06}", family, given, "ふじくら", "みさき", "正職員"))
    actor = actor_for(made)
    assert actor
    return actor


def browser(house: Any, actor: Actor) -> FlaskClient:
    """Signed in as that person, without typing a password."""
    client: FlaskClient = house.client()
    client.environ_base["HTTP_ACCEPT"] = "application/json"
    token = sign_in(actor, Entry(Arrival("127.0.0.1", "127.0.0.1", "試験", "0" * 32), "password"))
    with client.session_transaction() as session:
        session["_user_id"] = token
    return client


def upload(client: FlaskClient, name: str, content: bytes) -> TestResponse:
    return client.post("/files", data=content, headers={"X-File-Name": quote(name)})


def sent(actor: Actor, name: str = "報告書.pdf", content: bytes = PDF) -> File:
    """Looked at as it was then, whatever is done to it afterwards."""
    file = send(actor, name, pieces(content))
    db.reading().expunge_all()
    return file


def pieces(content: bytes, size: int = 1_000_000) -> Iterator[bytes]:
    yield from (content[at:at + size] for at in range(0, len(content), size))


def again(actor: Actor, file: File) -> File:
    """As it is now."""
    db.end_reading()
    return file_for(actor, file.id)


def helper_works() -> None:
    while jobs.drain():
        db.forget_reading()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(made, kind, **more)
    return made.getvalue()


def zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


def docx(*, macros: bool = False) -> bytes:
    members = {"[Content_Types]_dot_xml": b"<Types/>", "word__document_dot_xml": "<w>本文</w>".encode()}
    return zipped(**members, **({"word__vbaProject_dot_bin": b"x"} if macros else {}))


def flood(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that asks for billions of pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
