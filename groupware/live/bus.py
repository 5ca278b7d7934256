"""Between web processes: what one tells its browsers, the others tell theirs at once. Redis carries it, the database mends what Redis loses.

Each process numbers what it says and repeats its number once a second. Who misses a number, or hears no more from another one, or was cut off
from Redis, has lost something; nobody guesses what: all its browsers look at the database anew (``on_loss``). What Redis does not take at
all goes another way (``instead``). A right that ends never depends on any of this.
"""
import hmac
import logging
from collections.abc import Callable
from dataclasses import asdict
from hashlib import sha256
from secrets import token_hex
from time import monotonic
from typing import Any

import gevent
from gevent.queue import Empty, Queue

from groupware.kernel import json
from groupware.live.effects import EFFECTS, Effect

log = logging.getLogger("groupware.live.bus")
BEAT = 1.0              # seconds between two repetitions of one's number
SILENCE = 3.5           # after which another process is taken for dead, with whatever it still had to say
PATIENCE = 1.0          # for Redis to take something
AGAIN = 1.0             # before Redis is asked again
ANEW = 3.0              # at least between two looks of all browsers at the database: as long as Redis is away, they look and look
MOST_AT_ONCE = 500
MAC = 32


class Bus:
    """``hear`` gets the others' effects, ``instead`` those of our own that Redis did not take. ``secret``: of the installation."""

    def __init__(self, url: str, secret: str, hear: Callable[[Effect], None], instead: Callable[[list[Effect]], None],
                 on_loss: Callable[[], None]) -> None:
        import redis  # noqa: PLC0415 (most houses have no use for it, and it is a twentieth of the start)
        self.redis = redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self.trouble = redis.RedisError, OSError
        self.key = sha256(f"bus {secret}".encode()).digest()
        self.channel = f"tsunagaru:{self.key.hex()[:16]}"
        self.hear, self.instead, self.on_loss = hear, instead, on_loss
        self.origin, self.number, self.away_until = token_hex(8), 0, 0.0
        self.peers: dict[str, tuple[int, float]] = {}       # origin: its last number, and when it was heard
        self.lost, self.looked = False, -ANEW
        self.waiting: Queue = Queue()

    def start(self) -> None:
        for act in (self._say_for_ever, self._listen_for_ever, self._beat_for_ever):
            gevent.spawn(act)

    def say(self, effect: Effect) -> None:
        """Returns at once; the order is kept."""
        self.waiting.put(effect)

    def end(self) -> None:
        """Good-bye: the others need not think that something was lost with us."""
        self._publish(self._taken(), beat=True, bye=True)

    def _say_for_ever(self) -> None:
        while True:
            first = self.waiting.get()
            batch = [first, *self._taken()]
            effects = [each for each in batch if each is not None]
            if monotonic() < self.away_until or not self._publish(effects, beat=None in batch):
                self._tried(self.instead, effects)

    def _tried(self, act: Callable[..., None], *args: Any) -> bool:
        """The bus lives on, whatever becomes of the database. What goes neither way is missed by its number."""
        try:
            act(*args)
        except Exception:
            log.exception("%s failed", act.__name__)
            return False
        return True

    def _taken(self) -> list[Effect | None]:
        taken: list[Effect | None] = []
        while len(taken) < MOST_AT_ONCE:
            try:
                taken.append(self.waiting.get_nowait())
            except Empty:
                break
        return taken

    def _publish(self, effects: list[Any], *, beat: bool, bye: bool = False) -> bool:
        pipe = self.redis.pipeline(transaction=False)
        for effect in effects:
            self.number += 1
            pipe.publish(self.channel, self._sealed({"effect": type(effect).__name__, "body": asdict(effect)}))
        if beat:
            pipe.publish(self.channel, self._sealed({"bye": bye}))
        try:
            pipe.execute()
        except self.trouble as trouble:
            log.warning("redis takes nothing: %s", trouble)
            self.away_until = monotonic() + AGAIN
            return False
        return True

    def _sealed(self, said: dict[str, Any]) -> bytes:
        body = json.dumps({"from": self.origin, "number": self.number, **said}).encode()
        return hmac.digest(self.key, body, "sha256") + body

    def _listen_for_ever(self) -> None:
        while True:
            try:
                with self.redis.pubsub(ignore_subscribe_messages=True) as heard:
                    heard.subscribe(self.channel)
                    while True:
                        self._take(heard.get_message(timeout=BEAT))
            except self.trouble as trouble:
                log.warning("nothing is heard from redis: %s", trouble)
            self.lost = True
            gevent.sleep(AGAIN)

    def _take(self, message: dict[str, Any] | None) -> None:
        said = self._opened(message["data"]) if message else None
        if said and said["from"] != self.origin:
            self._count(said)
            if "effect" in said and not self._tried(self.hear, EFFECTS[said["effect"]](**said["body"])):
                self.lost = True

    def _opened(self, data: bytes) -> dict[str, Any] | None:
        """None for what was not sealed by a process of this installation: it may hold HTML for everybody's screen."""
        mac, body = data[:MAC], data[MAC:]
        if not hmac.compare_digest(mac, hmac.digest(self.key, body, "sha256")):
            log.warning("redis carries something that nobody of this installation said")
            return None
        return json.loads(body)

    def _count(self, said: dict[str, Any]) -> None:
        """Whoever is heard for the first time counts from there."""
        origin, number = said["from"], said["number"]
        expected = number - 1 if "effect" in said else number
        if origin in self.peers and self.peers[origin][0] < expected:
            self.lost = True
        self.peers[origin] = (number, monotonic())
        if said.get("bye"):
            del self.peers[origin]

    def _beat_for_ever(self) -> None:
        while True:
            gevent.sleep(BEAT)
            self.waiting.put(None)
            self._forget_the_silent()
            if self.lost and monotonic() >= self.looked + ANEW:
                self.looked = monotonic()
                self.lost = not self._tried(self.on_loss)

    def _forget_the_silent(self) -> None:
        for origin in [origin for origin, (_, heard) in self.peers.items() if heard < monotonic() - SILENCE]:
            del self.peers[origin]
            self.lost = True
