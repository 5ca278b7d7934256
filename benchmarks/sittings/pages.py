"""The page of a sitting with 30 items and 60 papers, and its papers as one bundle; one process, the HTTP door and the helper's own deed.

``python -m benchmarks.sittings.pages [page] [bundle]`` measures it alone.
"""
import secrets
import time
from pathlib import Path
from typing import Any, Self

from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event
from werkzeug.datastructures import MultiDict

from benchmarks.product.city import SECRET, enter, make_people
from benchmarks.sittings.alone import alone, wanted
from features import FEATURES
from groupware.app import create_app
from groupware.config import Config
from groupware.database import close_database
from groupware.files.queries import file_for
from groupware.files.sending import send
from groupware.kernel import clock, db, reactions
from groupware.kernel.actor import Actor
from groupware.running.migrations import migrate
from meetings.commands.bodies import found_body
from meetings.commands.items import add_item
from meetings.commands.papers import hang_papers
from meetings.commands.prints import ask_bundle, keep_print
from meetings.commands.sittings import call_sitting, plan_sitting
from meetings.forms import BodyDraft, ItemDraft, PapersDraft, SittingDraft
from meetings.printing import ToPrint, make
from tests.files import pdfs

MEMBERS, ITEMS, EACH, WARM, ROUNDS = 14, 30, 2, 5, 40
DECKS, PAGES = 3, 100


class Pages:
    PARTS = ("page", "bundle")

    def __init__(self, folder: Path) -> None:
        config = Config(data=folder, secret=SECRET, demo=False, log_level="WARNING")
        migrate(config.database_url)
        self.app = create_app(FEATURES, config)

    def __enter__(self) -> Self:
        self.context = self.app.app_context()
        self.context.push()
        with reactions.quietly():
            self.people: list[Actor] = db.write(lambda: make_people(MEMBERS))
            self.clients = [self._client(db.write(lambda actor=actor: enter(actor))) for actor in self.people]
            self.sitting_id = self._sitting(ITEMS, EACH, b"%PDF-1.5\n1 0 obj<<>>endobj\n%%EOF\n")
        return self

    def __exit__(self, *_: object) -> None:
        self.context.pop()
        close_database()

    def measured(self, *parts: str) -> dict[str, Any]:
        """All, or of its PARTS those that are named."""
        found: dict[str, Any] = {}
        if wanted(parts, "page"):
            found |= {"queries": self._queries(), "pages_per_cpu_s": self._pages_per_cpu_second()}
        if wanted(parts, "bundle"):
            found["bundle_300_pages_s"] = self._bundle()
        return found

    def _sitting(self, items: int, each: int, content: bytes) -> int:
        """Each paper is a file of its own."""
        secretary = self.people[0]
        members = tuple((actor.user_id, "secretary" if actor is secretary else "member") for actor in self.people)
        body_id = found_body(secretary, BodyDraft(f"会議 {secrets.token_hex(3)}", "members", members))
        sitting_id: int = plan_sitting(secretary, body_id, SittingDraft(clock.now(), "大会議室"))
        for number in range(1, items + 1):
            presenter = self.people[number % MEMBERS].user_id
            form = MultiDict({"title": f"議題その{number}", "kind": "report", "minutes": "5", "presenter_id": str(presenter)})
            item_id = add_item(secretary, sitting_id, ItemDraft.parse(form))
            files = [send(secretary, f"資料{place}.pdf", [content, b"%" + secrets.token_hex(8).encode()]).id for place in range(1, each + 1)]
            hang_papers(secretary, item_id, PapersDraft(tuple((file_id, file_for(secretary, file_id).name) for file_id in files)))
        call_sitting(secretary, sitting_id)
        return sitting_id

    def _client(self, token: str) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        with client.session_transaction() as session:
            session["_user_id"] = token
        return client

    def _show(self, client: FlaskClient) -> None:
        response = client.get(f"/meetings/{self.sitting_id}")
        if response.status_code != 200:
            raise ConnectionError(response.status)

    def _pages_per_cpu_second(self) -> float:
        for client in self.clients[:WARM]:
            self._show(client)
        began = time.process_time()
        for round_ in range(ROUNDS):
            self._show(self.clients[round_ % MEMBERS])
        return round(ROUNDS / (time.process_time() - began), 1)

    def _queries(self) -> int:
        asked: list[str] = []

        def note(_: Connection, __: Any, statement: str, *___: Any) -> None:
            asked.append(statement)
        self._show(self.clients[1])
        event.listen(Engine, "before_cursor_execute", note)
        self._show(self.clients[1])
        event.remove(Engine, "before_cursor_execute", note)
        return len(asked)

    def _bundle(self) -> float:
        """From the helper's beginning until it is kept and can be opened; the child has drawn something before, as in a house that runs."""
        with reactions.quietly():
            few = self._sitting(1, 1, pdfs.long(1))
            make(ToPrint(ask_bundle(self.people[0], few, "members")), keep=keep_print)
            many = self._sitting(1, DECKS, pdfs.long(PAGES))
            print_id = ask_bundle(self.people[0], many, "members")
            began = time.perf_counter()
            make(ToPrint(print_id), keep=keep_print)
        return round(time.perf_counter() - began, 2)


if __name__ == "__main__":
    alone(Pages)
