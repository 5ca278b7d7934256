"""The head of a request, read strictly: what two readers could understand differently is refused (request smuggling)."""
import re

from groupware.live.driver.stream import Stream

LINES = 100
LINE = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*\r?\n")
DIGITS = re.compile(r"[0-9]{1,15}")
ONCE = ("host", "content-length", "transfer-encoding")


class Refused(ValueError):
    """Answered with ``status``, and the connection ends."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class Head:
    """What pywsgi asks of the header lines of a request; ``headers`` are the lines as they came."""

    status = ""                 # pywsgi looks here for its own parser's complaints

    def __init__(self, lines: list[str]) -> None:
        self.headers = lines
        self.values: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(":")
            if self.values.setdefault(name.lower(), value.strip()) != value.strip() and name.lower() in ONCE:
                raise Refused("400 Bad Request")

    @property
    def typeheader(self) -> str | None:
        return self.get("content-type")

    def get(self, name: str, otherwise: str | None = None) -> str | None:
        return self.values.get(name.lower(), otherwise)

    getheader = get

    def __delitem__(self, name: str) -> None:
        del self.values[name.lower()]


def read_head(stream: Stream) -> Head:
    """Raises Refused."""
    lines: list[str] = []
    while (line := stream.readline()) not in {b"\r\n", b"\n"}:
        if not LINE.fullmatch(line):
            raise Refused("400 Bad Request")
        lines.append(line.decode("latin-1"))
        if len(lines) > LINES:
            raise Refused("431 Request Header Fields Too Large")
    return Head(lines)


def check_body(head: Head, most: int) -> int:
    """Bytes that the body may have, by what the head says. Raises Refused."""
    length, encoding = head.get("content-length"), head.get("transfer-encoding")
    if encoding is not None:
        if length is not None or encoding.lower() != "chunked":
            raise Refused("400 Bad Request")
        return most + most // 8         # chunks have heads of their own
    if length is None:
        return 0
    if not DIGITS.fullmatch(length):
        raise Refused("400 Bad Request")
    if int(length) > most:
        raise Refused("413 Content Too Large")
    return int(length)
