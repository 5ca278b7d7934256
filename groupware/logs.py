"""One JSON line per log entry, each with the id of the request it belongs to."""
import logging
import sys
from datetime import UTC, datetime

from flask import Flask, Response, request

from groupware.config import Config
from groupware.kernel import db, json, trace


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": record.levelname, "from": record.name,
                "request": trace.current().request_id, "said": record.getMessage()}
        if record.exc_info:
            line["trouble"] = self.formatException(record.exc_info)
        return json.dumps(line)


def install(config: Config) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(config.log_level)
    for noisy in ("werkzeug", "socketio", "engineio", "geventwebsocket", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def trace_requests(app: Flask) -> None:
    """The first thing at a request and the last: its trace, its line in the log, its reading session."""

    @app.before_request
    def begin() -> None:
        trace.begin("http", request.remote_addr or "")

    @app.after_request
    def say(response: Response) -> Response:
        response.headers["X-Request-Id"] = trace.current().request_id
        if not request.path.startswith(("/ui/static", "/static", "/healthz")):
            logging.getLogger("http").info("%s %s %d", request.method, request.path, response.status_code)
        return response

    @app.teardown_appcontext
    def forget(_: BaseException | None) -> None:
        db.forget_reading()
