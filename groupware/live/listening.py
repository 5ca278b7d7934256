"""The listener of the web process: its own socket (TCP_NODELAY, a deep backlog), as many files as the system gives, an orderly end."""
import resource
import signal
import socket

import gevent
from flask import Flask
from gevent.pywsgi import WSGIHandler, WSGIServer

from groupware.config import Config

BACKLOG = 4096
FAREWELL = 5            # seconds for requests under way when the program is asked to end


def serve(app: Flask, config: Config) -> None:
    """Until SIGTERM or SIGINT."""
    raise_file_limit()
    options = {"certfile": config.tls_certificate, "keyfile": config.tls_key} if config.tls_certificate else {}
    server = WSGIServer(listener(config.host, config.port), app, log=None, handler_class=Handler, **options)
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, lambda: gevent.spawn(server.stop, FAREWELL))
    server.serve_forever()


class Handler(WSGIHandler):
    """What follows an upgrade are frames, not a next request: the connection ends with its WebSocket."""

    def handle_one_request(self) -> object:
        again = super().handle_one_request()
        return None if "Upgrade" in (getattr(self, "headers", None) or {}) else again


def listener(host: str, port: int) -> socket.socket:
    """Accepted sockets inherit TCP_NODELAY: without it small answers wait 40 ms for a delayed acknowledgement."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    made.bind((host, port))
    made.listen(BACKLOG)
    made.setblocking(False)
    return made


def raise_file_limit() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
