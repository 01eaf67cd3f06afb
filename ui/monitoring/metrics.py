"""Prometheus metrics: questions, answers, requests, and the library as it is when they are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

    from wenju.index.library import Library
    from wenju.qa.answer import Answer

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_CHARACTERS: Final = (5, 10, 20, 40, 80, 160, 320, 640, 1280)


class Metrics:
    """The metrics of one server, in a registry of its own. Safe for use from several threads.

    Other parts of a server may add theirs to :attr:`registry`.
    """

    def __init__(self, library: Library) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_LibraryMetrics(library))
        self._questions = Counter(
            "wenju_questions",
            "Questions by whether they were answered, and why they were not.",
            ["answered", "reason"],
            registry=self.registry,
        )
        self._answers = Counter(
            "wenju_answers",
            "Answers by how much they give: span, sentence, passage or list.",
            ["granularity"],
            registry=self.registry,
        )
        self._characters = Histogram(
            "wenju_answer_characters",
            "How long answers are, in characters.",
            buckets=_CHARACTERS,
            registry=self.registry,
        )
        self._seconds = Histogram(
            "wenju_question_seconds",
            "From a question to its answer.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._requests = Counter(
            "wenju_http_requests",
            "HTTP requests by method, route and status.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._request_seconds = Histogram(
            "wenju_http_request_seconds",
            "From a request to the end of its response.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )

    def answered(self, answer: Answer) -> None:
        """Count a question and what came of it."""
        self._questions.labels("yes" if answer.answered else "no", answer.reason).inc()
        self._seconds.observe(answer.took_ms / 1000)
        if answer.answered:
            self._answers.labels(answer.granularity).inc()
            self._characters.observe(len(answer.answer))

    def responded(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; ``route`` is a pattern, for addresses are without number."""
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All metrics in Prometheus' text format."""
        return generate_latest(self.registry)


class _LibraryMetrics:
    """What the library holds, read when it is asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def collect(self) -> Iterator[Metric]:
        documents, passages = self._library.count()
        sizes = {
            "documents": documents,
            "passages": passages,
            "revision": self._library.revision,
            "bytes": self._library.store.size(),
        }
        for name, value in sizes.items():
            about = f"The library's {name}."
            yield GaugeMetricFamily(f"wenju_library_{name}", about, value=value)
