"""Where the web process asks the helper: a socket in the index's own folder, one question and one answer, each a line of JSON."""
import logging
import socket
import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from groupware.kernel import json
from groupware.search.engines.engine import Away, Page, Question

log = logging.getLogger(__name__)
NAME = "door"
PATIENCE = 10               # seconds whoever asks is kept waiting
LONGEST = 4 * 1024 * 1024   # of a line: a question names all the circles somebody is in
Answer = Callable[[Question], Page]


class Trouble(Exception):
    """The helper was asked and could not answer."""


def ask(folder: Path, question: Question) -> Page:
    """Raises Away when nobody is there or there is no index, Trouble when the question went wrong."""
    try:
        answer = json.loads(_exchange(folder / NAME, json.dumps(question.as_dict()).encode()))
    except (OSError, json.JSONDecodeError) as trouble:
        raise Away from trouble
    if "page" in answer:
        return Page.from_dict(answer["page"])
    raise Away if answer.get("away") else Trouble


@contextmanager
def opened(folder: Path, answer: Answer) -> Iterator[None]:
    """For the one helper that may: each question in a thread of its own; the engine lets in one at a time."""
    door = folder / NAME
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    door.unlink(missing_ok=True)
    with _Server(str(door), answer) as server:
        door.chmod(0o600)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            door.unlink(missing_ok=True)


def _exchange(door: Path, line: bytes) -> bytes:
    """Reads to the end: whoever answers then closes."""
    with socket.socket(socket.AF_UNIX) as line_to:
        line_to.settimeout(PATIENCE)
        line_to.connect(str(door))
        line_to.sendall(line + b"\n")
        return b"".join(iter(lambda: line_to.recv(65_536), b""))


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: str, answer: Answer) -> None:
        self.answer = answer
        super().__init__(address, _Caller)


class _Caller(socketserver.StreamRequestHandler):
    timeout = PATIENCE

    def handle(self) -> None:
        try:
            self.wfile.write(json.dumps(self._answer(self.rfile.readline(LONGEST))).encode())
        except OSError:             # whoever asked has gone away
            log.info("nobody waits for an answer any more")

    def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            return {"page": self.server.answer(Question.from_dict(json.loads(line))).as_dict()}     # type: ignore[attr-defined]
        except Away:
            return {"away": True}
        except Exception:
            log.exception("a question could not be answered")
            return {"trouble": True}
