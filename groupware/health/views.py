"""/healthz: the process answers. /readyz: it can also serve. /metrics: loopback or with the token only."""
from hmac import compare_digest

from flask import Blueprint, Response, current_app, jsonify, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from groupware.kernel import db, jobs
from groupware.kernel.errors import NotFound
from groupware.live.connections import connections

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    return jsonify(ok=True)


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    try:
        db.session.execute(text("select version_num from alembic_version"))
    except SQLAlchemyError:
        return jsonify(ok=False, message="データベースに届きません。"), 503
    return jsonify(ok=True), 200


@blueprint.get("/metrics")
def metrics() -> Response:
    if not _trusted():
        raise NotFound
    lines = [f"tsunagaru_jobs_waiting {jobs.waiting()}", f"tsunagaru_sockets {len(connections)}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain; version=0.0.4")


def _trusted() -> bool:
    token = current_app.config["METRICS_TOKEN"]
    if token:
        return compare_digest(request.headers.get("Authorization", ""), f"Bearer {token}")
    return request.remote_addr in {"127.0.0.1", "::1"}
