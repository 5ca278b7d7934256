"""The web process's way to the network: a listener, an HTTP handler with limits, and a WebSocket frame reader of our own.

``serve(app, socketio, host, port)`` is the front door. Everything below the Socket.IO packet is here; what goes *out* fast is
``groupware.live.delivery``. From the bottom up: ``frames`` (RFC 6455 without a socket), ``budget``, ``outbox`` (bytes on their way to one
browser), ``websocket`` (the two with a socket), ``upgrade`` (how engineio gets one), ``stream`` and ``heads`` (reading HTTP slowly is
refused), ``handler``, ``gate`` (who may shake hands), ``packets`` (what may be said), ``listener``, ``server``, ``serving``.
"""
from groupware.live.driver.limits import Limits
from groupware.live.driver.serving import serve

__all__ = ["Limits", "serve"]
