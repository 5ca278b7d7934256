"""Programs that speak as clamd does: one that says what it is told to, and the real one with signatures of our own."""
import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.processes import Program, free_port
from tests.support.waiting import until

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURES = f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n"


class Scanner(socketserver.ThreadingTCPServer):
    """Finds EICAR, and hangs up on more than ``most`` bytes, as the real one does. ``answers``: what to say instead, one after another."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Caller)
        self.most, self.answers, self.seen = 1_000_000, list[str](), list[bytes]()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class _Caller(socketserver.StreamRequestHandler):
    server: Scanner

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > self.server.most:
                return self._say("INSTREAM size limit exceeded. ERROR")
        self.server.seen.append(content)
        return self._say(self.server.answers.pop(0) if self.server.answers else
                         "stream: Eicar-Test-Signature FOUND" if EICAR in content else "stream: OK")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\0")


@contextmanager
def scanner() -> Iterator[Scanner]:
    with Scanner() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@contextmanager
def clamd(program: str, folder: Path) -> Iterator[str]:
    """The real one, with a signature for EICAR and nothing from outside; where it listens."""
    signatures, port = folder / "signatures", free_port()
    signatures.mkdir()
    (signatures / "own.ndb").write_text(SIGNATURES)
    settings = folder / "clamd.conf"
    settings.write_text(f"Foreground yes\nDatabaseDirectory {signatures}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nLocalSocket {folder}/clamd.ctl\n"
                        f"StreamMaxLength 30M\nMaxScanSize 20M\nMaxFileSize 20M\nAlertExceedsMax yes\nAlertEncryptedArchive yes\nUser root\n")
    running = Program([program, "--config-file", str(settings)], folder / "clamd.log", folder=folder, environment={"PATH": "/usr/bin:/bin"})
    try:
        until(lambda: _listens(folder / "clamd.ctl") or not running.runs, 60, "clamd listens")
        assert running.runs, running.said()
        yield f"unix:{folder}/clamd.ctl"
    finally:
        running.end()


def _listens(place: Path) -> bool:
    """The socket is there a moment before anybody listens."""
    with socket.socket(socket.AF_UNIX) as line:
        return line.connect_ex(str(place)) == 0
