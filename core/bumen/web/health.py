"""Whether we live, and whether we are ready to serve."""

from __future__ import annotations

from flask import Blueprint, Flask, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bumen.host import Host
from bumen.jobs.queue import FAULTS
from bumen.unit_of_work import moment
from bumen.web.answers import answer
from bumen.worker.claiming import LEASE


def register_health(app: Flask, host: Host) -> None:
    """Answer those who watch over the deployment."""
    health = Blueprint("health", __name__)

    @health.get("/health")
    def live() -> Response:
        return answer({"status": "ok"})

    @health.get("/ready")
    def ready() -> Response:
        try:
            with host.database.wide_session() as session:
                session.execute(text("SELECT 1"))
            behind = host.pending()
        except SQLAlchemyError:
            return answer({"status": "no database"}, 503)
        if behind:
            return answer({"status": "migrations are waiting", "plugins": sorted(behind)}, 503)
        return answer({"status": "ok", "worker": "ok" if host_works(host) else "none"})

    app.register_blueprint(health)


def host_works(host: Host) -> bool:
    """Whether a worker is alive somewhere; people are served without one, work waits."""
    try:
        beats = host.queue.beats()
    except FAULTS:
        return False
    return any(at > moment() - LEASE for at in beats.values())
