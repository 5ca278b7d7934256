"""Speaks with clamd: INSTREAM over a socket of the machine or the network. Clean is only what it calls clean in so many words."""
import re
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PIECE = 256 * 1024
PATIENCE = 120.0        # seconds for each step; a large archive takes its time
CLEAN, INFECTED = "clean", "infected"
_FOUND = re.compile(r"stream: (.+) FOUND")


class Unsure(Exception):
    """It did not say: away, too slow, too large for it. The sentence is for the log."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``threat``: what it was called."""

    word: str
    threat: str = ""


def judge(address: str, path: Path) -> Verdict:
    """``address``: unix:/run/clamav/clamd.ctl or host:port. Raises Unsure."""
    try:
        with _line(address) as line:
            line.settimeout(PATIENCE)
            _send(line, path)
            return _verdict(_heard(line).rstrip(b"\0\n").decode(errors="replace"))
    except OSError as trouble:
        raise Unsure(f"{type(trouble).__name__}: {trouble}") from trouble


def _line(address: str) -> socket.socket:
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), PATIENCE)


def _send(line: socket.socket, path: Path) -> None:
    """It hangs up on what is too large for it; what it says then is still read."""
    with suppress(BrokenPipeError, ConnectionResetError), path.open("rb") as file:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))


def _heard(line: socket.socket) -> bytes:
    with line.makefile("rb") as answer:
        return answer.read(4096)


def _verdict(said: str) -> Verdict:
    if said == "stream: OK":
        return Verdict(CLEAN)
    found = _FOUND.fullmatch(said)
    if found:
        return Verdict(INFECTED, found[1][:200])
    raise Unsure(said[:200] or "it said nothing")
