"""What people say of answers: kept, checked against the documents, exported as gold questions."""

from wenju.qa.feedback.store import (
    VERDICTS,
    BadFeedback,
    Feedback,
    FeedbackError,
    FeedbackStore,
    Verdict,
)

__all__ = ["VERDICTS", "BadFeedback", "Feedback", "FeedbackError", "FeedbackStore", "Verdict"]
