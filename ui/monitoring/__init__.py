"""What a server tells those who run it: metrics, readiness, a log of requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from wenju.qa.engine import Engine


def install(app: FastAPI, engine: Engine) -> None:
    """Give the application ``/metrics`` and ``/ready``, and count and log its requests."""
    from wenju.ui.monitoring.metrics import Metrics
    from wenju.ui.monitoring.pools import PoolMetrics
    from wenju.ui.monitoring.question_log import QuestionLog
    from wenju.ui.monitoring.readiness import Readiness
    from wenju.ui.monitoring.requests import RequestLog
    from wenju.ui.monitoring.routes import router

    app.state.metrics = Metrics(engine.library)
    app.state.metrics.registry.register(PoolMetrics(app.state.pools))
    app.state.readiness = Readiness(engine.library)
    app.state.readiness.checks.append(app.state.shutdown.reason)
    engine.on_answer += [
        app.state.metrics.answered,
        QuestionLog(with_text=engine.settings.log_questions).answered,
    ]
    app.include_router(router)
    app.add_middleware(RequestLog, metrics=app.state.metrics)
