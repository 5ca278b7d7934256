"""Delivery near the limit of the machine: an event is encoded once, framed once, and goes to each browser by one non-blocking send.

``SocketIO(..., client_manager=FastManager())`` is all there is to do; ``server.emit`` stays the way to send. The library's own path makes
every delivery a trip through a queue and a greenlet of that browser; here one greenlet empties everybody's outbox (``flusher``), and one
other pings everybody (``wheel``). At the start the path is compared with the library's, byte by byte (``proof``); should they differ, or
should another version of the library be installed, the library's path is used and the log says so.
"""
from groupware.live.delivery.fast import FastManager

__all__ = ["FastManager"]
