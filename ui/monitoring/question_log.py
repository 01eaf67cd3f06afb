"""A line of the log to each question: what came of it, and what was asked only where that is wanted."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wenju.qa.answer import Answer

_LOG = logging.getLogger("wenju.questions")


class QuestionLog:
    """Tells the log of answers; ``with_text`` adds the question and the answer."""

    def __init__(self, *, with_text: bool) -> None:
        self._with_text = with_text

    def answered(self, answer: Answer) -> None:
        """Tell of one question."""
        fields: dict[str, Any] = {
            "answered": answer.answered,
            "reason": answer.reason,
            "granularity": answer.granularity if answer.answered else "",
            "characters": len(answer.answer),
            "confidence": answer.confidence,
            "ms": round(answer.took_ms, 1),
            "revision": answer.provenance.revision if answer.provenance else None,
        }
        if self._with_text:
            fields |= {"question": answer.question, "answer": answer.answer}
        _LOG.info("question", extra={"fields": fields})
