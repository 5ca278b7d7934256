"""What stands between the browsers and the web processes: it finds one that answers, and cuts where it is told, after any byte."""
import socket
import struct
from contextlib import suppress
from itertools import count
from random import Random

import gevent
from gevent.server import StreamServer

AT_ONCE = struct.pack("ii", 1, 0)       # SO_LINGER: the other side sees a reset instead of an end
WITHIN = 4000                           # bytes: somewhere in the next few frames


class Front:
    """``ports`` are the web processes'; each connection goes to the next one that listens."""

    def __init__(self, ports: list[int]) -> None:
        self.ports, self.turn = ports, count()
        self.links: set[Link] = set()
        self.server = StreamServer(("127.0.0.1", 0), self._serve)
        self.server.start()

    @property
    def port(self) -> int:
        return int(self.server.server_port)

    def cut(self, dice: Random) -> int:
        """Half of the connections, each in one direction after a number of bytes of its own. Returns how many."""
        links = [link for link in self.links if dice.random() < 0.5]
        for link in links:
            link.cut_after(dice.randrange(WITHIN), up=dice.random() < 0.5, reset=dice.random() < 0.5)
        return len(links)

    def close(self) -> None:
        self.server.stop()
        for link in list(self.links):
            link.close()

    def _serve(self, browser: socket.socket, _: object) -> None:
        web = self._reach()
        if web is None:
            browser.close()
            return
        link = Link(browser, web)
        self.links.add(link)
        link.run()
        self.links.discard(link)

    def _reach(self) -> socket.socket | None:
        start = next(self.turn)
        for step in range(len(self.ports)):
            with suppress(OSError):
                return socket.create_connection(("127.0.0.1", self.ports[(start + step) % len(self.ports)]), 2)
        return None


class Link:
    """Two sockets that are one connection, until it is cut."""

    def __init__(self, browser: socket.socket, web: socket.socket) -> None:
        self.browser, self.web = browser, web
        self.left: dict[socket.socket, int] = {}        # bytes that may still come from there
        for sock in (browser, web):
            sock.settimeout(None)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def run(self) -> None:
        gevent.joinall([gevent.spawn(self._pass_on, self.browser, self.web), gevent.spawn(self._pass_on, self.web, self.browser)], count=1)
        self.close()

    def cut_after(self, size: int, *, up: bool, reset: bool) -> None:
        self.left[self.browser if up else self.web] = size
        if reset:
            for sock in (self.browser, self.web):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)

    def close(self) -> None:
        self.browser.close()
        self.web.close()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                if source in self.left:
                    data = data[:self.left[source]]
                    self.left[source] -= len(data)
                target.sendall(data)
                if self.left.get(source) == 0:
                    return
