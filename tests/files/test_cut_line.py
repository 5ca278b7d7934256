"""A large file over a line that breaks again and again, and a server that falls in the middle: it arrives whole, and memory does not grow."""
import re
import socket
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.support.people import PATIENCE, Visitor
from tests.support.servers import Serve, Served, copy_of
from tests.support.waiting import until

FUJIKURA = "002079"
PIECE = 1024 * 1024
CUTS = 5
BESIDES = 48 * 1024 * 1024      # bytes by which the program may grow, however large the file is


class Line:
    """Sends a file that nobody holds in memory, and may be cut in the middle of a piece."""

    def __init__(self, served: Served, who: Visitor, size: int) -> None:
        self.served, self.who, self.size = served, who, size
        self.id = who.post("/files/uploads", {"size": size}).json()["id"]

    def piece(self, at: int) -> bytes:
        return (sha256(str(at).encode()).digest() * (PIECE // 32))[:min(PIECE, self.size - at)]

    def arrived(self) -> int:
        return int(self.who.get(f"/files/uploads/{self.id}").json()["arrived"])

    def send(self, at: int) -> int:
        answer = self.who.http.patch(f"{self.served.url}/files/uploads/{self.id}", data=self.piece(at), headers={"Upload-Offset": str(at)},
                                     timeout=PATIENCE)
        return int(answer.json()["arrived"])

    def break_at(self, at: int) -> None:
        """Half of a piece, then nothing any more."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.who.http.cookies.items())
        with socket.create_connection((urlsplit(self.served.url).hostname, self.served.port)) as line:
            head = (f"PATCH /files/uploads/{self.id} HTTP/1.1\r\nHost: 127.0.0.1:{self.served.port}\r\nCookie: {cookies}\r\n"
                    f"Origin: {self.served.url}\r\nSec-Fetch-Site: same-origin\r\nUpload-Offset: {at}\r\nContent-Length: {PIECE}\r\n\r\n")
            line.sendall(head.encode() + self.piece(at)[:PIECE // 2])


def test_a_large_file_over_a_line_cut_five_times_arrives_whole(serve: Serve, demo_city: Path, tmp_path: Path,
                                                               trials: Callable[[int, int], int]) -> None:
    served = serve(copy_of(demo_city, tmp_path / "city"), FILES_MAX_BYTES=str(600 * PIECE))
    who = Visitor(served, FUJIKURA)
    line = Line(served, who, trials(24, 500) * PIECE - 77)
    before, at, cuts = grown_to(served), 0, 0
    while at < line.size:
        if at >= (cuts + 1) * line.size // (CUTS + 1):
            line.break_at(at)
            cuts += 1
            if cuts == CUTS // 2:
                assert grown_to(served) - before < BESIDES
                served.kill()
                served.start()
                before = grown_to(served)
            assert until(lambda at=at: line.arrived() == at, PATIENCE, "what came whole is there, and nothing else")     # type: ignore[misc]
        at = line.send(at)
    assert cuts == CUTS
    wanted = sha256()
    for start in range(0, line.size, PIECE):
        wanted.update(line.piece(start))
    told = who.http.post(f"{served.url}/files/uploads/{line.id}/completion", json={"name": "大きな図面.bin"}, timeout=120).json()
    assert (told["size"], sum_of(who, told)) == (line.size, wanted.hexdigest())
    assert grown_to(served) - before < BESIDES


def sum_of(who: Visitor, told: dict[str, Any]) -> str:
    summed = sha256()
    with who.http.get(who.served.url + told["url"], stream=True, timeout=60) as answer:
        for piece in answer.iter_content(PIECE):
            summed.update(piece)
    return summed.hexdigest()


def grown_to(served: Served) -> int:
    """The most memory that the program has ever held, in bytes."""
    assert served.web
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{served.web.process.pid}/status").read_text())
    assert found
    return int(found[1]) * 1024
