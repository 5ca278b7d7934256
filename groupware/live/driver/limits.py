"""How much of everything one connection may have. The figures suit a city hall; tests make them small."""
from dataclasses import dataclass

KIB = 1024


@dataclass(frozen=True, slots=True)
class Limits:
    message: int = 256 * KIB            # bytes of one message from a browser, all its fragments together
    stranger: int = 16 * KIB            # the same before the connection has been let in
    halves: int = 3 * KIB * KIB         # bytes of messages that are not whole yet, of all connections together (what is kept takes twice as much)
    pending: int = 1024 * KIB           # bytes waiting for one browser; who reads so slowly is cut off, and catches up by numbers
    rate: float = 50                    # frames a second that a browser may send, for ever
    burst: int = 400                    # and at once, after a pause
    frame_seconds: float = 10           # a message that was begun is completed within
    farewell_seconds: float = 5         # for the close handshake, and for requests under way when the program ends

    head: int = 32 * KIB                # bytes of a request line with all header lines
    head_seconds: float = 10            # from its first byte to the empty line
    idle_seconds: float = 75            # between requests on one connection
    body: int = 52 * KIB * KIB          # bytes of a request's body
    body_seconds: float = 20            # without a byte; also the head start before ``body_rate`` counts
    body_rate: int = 2 * KIB            # bytes a second that an upload must keep up
    answer_seconds: float = 30          # for 64 KiB of an answer to be taken
