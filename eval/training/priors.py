"""What is known of the ranker's weights before anything is learned: priors, signs, what is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# What weights are before anything is learned, and stay where no training text shows the feature:
# their scale is that of the score, in which 1 is as much as the odds times e.
PRIOR: Final[Mapping[str, float]] = {
    "margin": 4.0,
    "sentence": 1.0,
    "answering": 1.0,
    "gap": 2.0,
    "similarity": 3.0,
    "coverage": 1.0,
    "nearness": 0.5,
    "clause": 1.0,
    "mistyped": -0.5,
    "in_label": -2.0,
    "broken_fact": -0.5,
    "typed": 0.75,
    "typed_contact": 2.0,
    "limit": 0.3,
    "meets": 2.0,
    "extreme": 1.5,
    "exception": -0.3,
    "untyped_quantity": -0.5,
    "unfocused": -0.4,
    "other_year": -1.5,
    "other_place": -1.5,
    "asking": -4.0,
    "heading": -1.0,
    "explained_by_heading": -2.0,
    "page_line": -3.0,
    "signature": -3.0,
    "broken": -1.0,
    "another_aspect": -0.5,
    "repeats": -3.0,
    "listed": 1.0,
    "label": 1.0,
    "event_line": 3.0,
    "section": 3.5,
    "lead": 2.0,
    "copula": 0.5,
}
# What is given: published sets are encyclopaedias, in which these are hardly ever seen, and half a
# number, or two figures where one is asked for, gets half a mark there.
GIVEN: Final[Mapping[str, float]] = {
    "contrast": 4.0,
    "column": 3.0,
    "namesake": -3.0,
    "counted": 3.5,
    "anothers": -6.0,
    "generic": -4.0,
    "several": -2.5,
    "no_weekday": -3.0,
    "cut_number": -4.0,
    "unbalanced": -2.0,
    "fine": -3.0,
}
PRIOR_EVIDENCE: Final[Mapping[str, float]] = {
    "score": 1.0,
    "clock": -12.0,
    "stray_contact": -4.0,
    "other_year": -1.5,
    "other_place": -1.5,
    "asking": -1.0,
    "heading": -0.5,
}
# no question that is learned from is answered by the hour, or by somebody else's number
GIVEN_EVIDENCE = frozenset({"clock", "stray_contact"})
FOR = frozenset(
    (*("margin", "sentence", "likelihood", "gap", "similarity", "coverage", "nearness", "typed"),
     *("clause", "typed_contact", "holds_typed", "limit", "cue", "headed", "first", "listed", "counted"),
     *("label", "event_line", "column", "section", "lead", "top", "score", "probability"),
     *("answering", "passage", "relevance", "meets", "contrast", "extreme"))
)  # fmt: skip
AGAINST = frozenset(
    (*("unfocused", "off_focus", "other_year", "other_place", "untyped", "mistyped"),
     *("in_label", "broken_fact", "untyped_quantity", "asking", "heading"),
     *("explained_by_heading", "page_line", "signature", "broken", "another_aspect"),
     *("repeats", "second", "clock", "stray_contact", "exception"))
)  # fmt: skip
DIRECTIONS: Final[Mapping[str, int]] = {
    **dict.fromkeys(FOR, 1),
    **dict.fromkeys(AGAINST, -1),
    **{name: 1 if weight > 0 else -1 for name, weight in GIVEN.items()},
}
"""1 for what may only count in favour of a candidate, -1 for what may only count against it."""
