"""WebSocket frames (RFC 6455) without a socket: bytes in, messages out. No extension is ever negotiated, so RSV bits are refused.

Every refusal is made by a frame's header, before its payload has cost memory.
"""
import codecs
import struct
from collections.abc import Callable
from typing import NamedTuple

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
NORMAL, AWAY, PROTOCOL_ERROR, UNSUPPORTED, NOT_UTF8, POLICY, TOO_BIG = 1000, 1001, 1002, 1003, 1007, 1008, 1009
FINAL, RESERVED, OPCODE, MASKED, LENGTH = 0x80, 0x70, 0x0F, 0x80, 0x7F
CONTROL_MOST = 125
MAY_BE_SENT = {*range(1000, 1004), *range(1007, 1015), *range(3000, 5000)}      # close codes a peer may put on the wire


class Violation(Exception):
    """The peer broke the protocol or a limit; ``code`` is what the close frame says."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


class Header(NamedTuple):
    final: bool
    opcode: int
    length: int
    mask_at: int

    @property
    def end(self) -> int:
        return self.mask_at + 4 + self.length


class Message(NamedTuple):
    """A whole text, or a control frame: then ``payload`` is what it carried."""

    opcode: int
    text: str = ""
    payload: bytes = b""


def text_frame(payload: bytes) -> bytes:
    return frame(TEXT, payload)


def close_frame(code: int, reason: str = "") -> bytes:
    return frame(CLOSE, struct.pack("!H", code) + reason.encode())


def frame(opcode: int, payload: bytes) -> bytes:
    """As a server sends it: final, unmasked."""
    length = len(payload)
    if length <= CONTROL_MOST:
        return bytes((FINAL | opcode, length)) + payload
    if length < 1 << 16:
        return struct.pack("!BBH", FINAL | opcode, 126, length) + payload
    return struct.pack("!BBQ", FINAL | opcode, 127, length) + payload


def unmask(payload: bytes, mask: bytes) -> bytes:
    """As one big number: a loop in Python would take 5 ms for 60 kB, this takes 0.3."""
    length = len(payload)
    key = int.from_bytes((mask * (length // 4 + 1))[:length], "little")
    return (int.from_bytes(payload, "little") ^ key).to_bytes(length, "little")


class FrameReader:
    """``feed`` it what came, then ``take`` until it has no more. ``most``: bytes of a message; it may be raised at any time.

    ``charge`` is asked once for every frame, with the length its header claims and its opcode, and may raise a Violation.
    """

    __slots__ = ("buffer", "charge", "closed", "decoder", "header", "most", "parts", "size")

    def __init__(self, most: int, charge: Callable[[int, int], None]) -> None:
        self.most, self.charge = most, charge
        self.buffer = bytearray()
        self.header: Header | None = None
        self.decoder: codecs.IncrementalDecoder | None = None       # of the fragmented message under way
        self.parts: list[str] = []
        self.size = 0                                               # bytes of its fragments so far
        self.closed = False

    @property
    def begun(self) -> bool:
        """Something has come of a message which is not whole yet."""
        return bool(self.buffer or self.decoder)

    @property
    def held(self) -> int:
        """Bytes of it."""
        return len(self.buffer) + self.size

    def feed(self, data: bytes) -> None:
        if not self.closed:
            self.buffer += data

    def drop(self) -> None:
        """Keeps nothing of what came, and takes nothing more."""
        self.closed, self.decoder = True, None
        self.buffer = bytearray()
        self.parts, self.size = [], 0

    def take(self) -> Message | None:
        """The next message that is whole. Raises Violation."""
        while not self.closed and self._header_is_there():
            header: Header = self.header        # type: ignore[assignment]
            if len(self.buffer) < header.end:
                return None
            message = self._message(header, self._payload(header))
            if message:
                return message
        return None

    def _header_is_there(self) -> bool:
        if self.header is None:
            self.header = self._read_header()
        return self.header is not None

    def _read_header(self) -> Header | None:
        buffer = self.buffer
        if len(buffer) < 2:
            return None
        opcode, short = buffer[0] & OPCODE, buffer[1] & LENGTH
        self._check_first_bytes(buffer[0], buffer[1], opcode, short)
        mask_at = {126: 4, 127: 10}.get(short, 2)
        if len(buffer) < mask_at:
            return None
        length = int.from_bytes(buffer[2:mask_at], "big") if short > CONTROL_MOST else short
        self._check_length(opcode, length, mask_at)
        self.charge(length, opcode)
        return Header(bool(buffer[0] & FINAL), opcode, length, mask_at)

    def _check_first_bytes(self, first: int, second: int, opcode: int, short: int) -> None:
        if first & RESERVED:
            raise Violation(PROTOCOL_ERROR, "reserved bits")
        if not second & MASKED:
            raise Violation(PROTOCOL_ERROR, "not masked")
        if opcode >= CLOSE and (opcode > PONG or short > CONTROL_MOST or not first & FINAL):
            raise Violation(PROTOCOL_ERROR, "control frame")
        if opcode < CLOSE:
            self._check_data_opcode(opcode)

    def _check_data_opcode(self, opcode: int) -> None:
        if opcode > BINARY:
            raise Violation(PROTOCOL_ERROR, "reserved opcode")
        if (opcode == CONTINUATION) != (self.decoder is not None):
            raise Violation(PROTOCOL_ERROR, "out of turn")
        if opcode == BINARY:
            raise Violation(UNSUPPORTED, "text only")

    def _check_length(self, opcode: int, length: int, mask_at: int) -> None:
        if length < {2: 0, 4: 126, 10: 1 << 16}[mask_at] or length >= 1 << 63:
            raise Violation(PROTOCOL_ERROR, "length")
        if opcode < CLOSE and self.size + length > self.most:
            raise Violation(TOO_BIG, f"more than {self.most} bytes")

    def _payload(self, header: Header) -> bytes:
        start = header.mask_at + 4
        payload = unmask(bytes(self.buffer[start:header.end]), bytes(self.buffer[header.mask_at:start]))
        del self.buffer[:header.end]
        self.header = None
        return payload

    def _message(self, header: Header, payload: bytes) -> Message | None:
        if header.opcode == CLOSE:
            return self._close(payload)
        if header.opcode > CLOSE:
            return Message(header.opcode, payload=payload)
        try:
            return self._text(header.final, payload)
        except UnicodeDecodeError:
            raise Violation(NOT_UTF8, "not UTF-8") from None

    def _close(self, payload: bytes) -> Message:
        self.drop()
        if payload and (len(payload) < 2 or int.from_bytes(payload[:2], "big") not in MAY_BE_SENT):
            raise Violation(PROTOCOL_ERROR, "close code")
        try:
            return Message(CLOSE, payload[2:].decode(), payload[:2])
        except UnicodeDecodeError:
            raise Violation(NOT_UTF8, "not UTF-8") from None

    def _text(self, final: bool, payload: bytes) -> Message | None:     # noqa: FBT001 (a bit of the frame, not a mode)
        if final and self.decoder is None:
            return Message(TEXT, payload.decode())
        self.decoder = self.decoder or codecs.getincrementaldecoder("utf-8")()
        self.parts.append(self.decoder.decode(payload, final))
        self.size += len(payload)
        return self._whole() if final else None

    def _whole(self) -> Message:
        message = Message(TEXT, "".join(self.parts))
        self.decoder, self.parts, self.size = None, [], 0
        return message
