"""The start-up order of the house, readable from top to bottom."""
from typing import Literal

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from groupware import database, logs
from groupware.config import Config
from groupware.kernel.feature import Feature, furnish
from groupware.kernel.permissions import Permission
from groupware.shell import SHELL
from groupware.ui.rendering import Pages

Writes = Literal["alone", "pen"]
AT_ONCE = 50 * 1024 * 1024       # bytes of a file in one request; what is larger comes piece by piece


def create_app(features: tuple[Feature, ...], config: Config, writes: Writes = "alone") -> Flask:
    """``writes``: a web process on SQLite holds a pen; every other process writes alone."""
    logs.install(config)
    house = (*SHELL, *features)
    furnish(house)
    database.open_database(config, writes)
    app = Flask("groupware", static_folder=None, template_folder=None)
    app.jinja_environment = Pages
    app.config.from_mapping(settings(config))
    if config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.trusted_proxies, x_proto=config.trusted_proxies, x_host=config.trusted_proxies)  # type: ignore[method-assign]
    logs.trace_requests(app)
    for feature in house:
        _add(app, feature)
    _check_doors(app, house)
    return app


def settings(config: Config) -> dict[str, object]:
    return {"HOUSE": config, "SECRET_KEY": config.secret, "DATA": config.data, "DEMO": config.demo, "DEMO_OPEN": config.demo_open,
            "ORIGINS": config.origins, "TLS": config.tls, "ON_LOOPBACK": config.on_loopback, "AUTH_IDLE_HOURS": config.auth_idle_hours,
            "AUTH_ABSOLUTE_HOURS": config.auth_absolute_hours, "FILES_MAX_BYTES": config.files_max_bytes,
            "FILES_ACCEL": config.files_accel, "CLAMD": config.clamd,
            "METRICS_TOKEN": config.metrics_token, "AUDIT_ROOTS": config.audit_roots, "TESTING": config.testing,
            "SECOND_FACTOR": config.second_factor,
            "SESSION_COOKIE_NAME": "__Host-tsunagaru" if config.tls else "tsunagaru", "SESSION_COOKIE_SECURE": config.tls,
            "SESSION_COOKIE_HTTPONLY": True, "SESSION_COOKIE_SAMESITE": "Lax",
            "MAX_CONTENT_LENGTH": min(config.files_max_bytes, AT_ONCE) + 1024 * 1024, "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024, "MAX_FORM_PARTS": 2000}


def _add(app: Flask, feature: Feature) -> None:
    if feature.blueprint:
        app.register_blueprint(feature.blueprint)
    if feature.commands:
        app.cli.add_command(feature.commands)
    if feature.install:
        feature.install(app)


def _check_doors(app: Flask, house: tuple[Feature, ...]) -> None:
    """A door that nobody guards, or a guard without a door, ends the start."""
    doors = {rule.endpoint for rule in app.url_map.iter_rules()} | {event for feature in house for event in (*feature.sockets, *feature.signals)}
    guarded = {name for feature in house for name in feature.access}
    if doors != guarded:
        raise RuntimeError(f"not in the access table: {sorted(doors - guarded)}; no such door: {sorted(guarded - doors)}")
    unruled = {permission for feature in house for permission in feature.access.values() if isinstance(permission, Permission)}
    unruled -= {permission for feature in house for permission in feature.rules}
    if unruled:
        raise RuntimeError(f"permissions without a rule: {sorted(map(str, unruled))}")
