"""Answers checked again, long after they were given: unchanged, moved or gone."""

from wenju.qa.recheck.claims import BadAnswer, ClaimedAnswer, ClaimedCitation, read_claim
from wenju.qa.recheck.recheck import recheck
from wenju.qa.recheck.report import CheckedCitation, Place, Recheck

__all__ = [
    "BadAnswer",
    "CheckedCitation",
    "ClaimedAnswer",
    "ClaimedCitation",
    "Place",
    "Recheck",
    "read_claim",
    "recheck",
]
