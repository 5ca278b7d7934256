"""What every answer tells the browser: run nothing but our own, be framed by nobody, send nothing elsewhere, keep no copy."""
from collections.abc import Callable

from flask import Flask, Response, current_app, request

# Turbo puts the style of its progress bar into the page while it is being loaded; this is the hash of that text and of nothing else.
TURBO_STYLE = "'sha256-WAyOw4V+FqDc35lQPyRADLBWbuNK8ahvYEaQIYF1+Ps='"
SECURE_FOR = 365 * 24 * 3600
OFF = ("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
       "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
       "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "usb", "xr-spatial-tracking")
OWN = {"fullscreen": "self", "publickey-credentials-get": "self", "autoplay": "self"}
PERMISSIONS = ", ".join(f"{name}=({OWN.get(name, '')})" for name in OFF)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}

FOR_FILES = {       # a page asks for a hundred of them: only what means something for a file
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def install_headers(app: Flask, script_hash: Callable[[], str]) -> None:
    """Whoever answers with a stricter policy of its own (a downloaded file) keeps it."""

    @app.after_request
    def tell(response: Response) -> Response:
        for name, value in (FOR_FILES if _is_file() else {**FIXED, "Content-Security-Policy": policy(script_hash())}).items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html":
            response.headers.setdefault("Cache-Control", "private, no-store")
        if current_app.config.get("TLS"):
            response.headers.setdefault("Strict-Transport-Security", f"max-age={SECURE_FOR}; includeSubDomains")
        return response


def policy(script_hash: str) -> str:
    sockets = " ".join(origin.replace("http", "ws", 1) for origin in current_app.config.get("ORIGINS", ()))
    return "; ".join((
        "default-src 'none'", f"script-src 'self' {script_hash}", f"style-src 'self' {TURBO_STYLE}", "img-src 'self' data: blob:",
        "font-src 'self'", "media-src 'self' blob:", f"connect-src 'self' {sockets}".rstrip(), "form-action 'self'", "frame-ancestors 'none'",
        "base-uri 'none'", "object-src 'none'"))


def _is_file() -> bool:
    return bool(request.endpoint and request.endpoint.endswith(".static"))
