"""Which kind of thing a folded question asks for."""

from __future__ import annotations

from wenju.corpus.lexicon import phrase, rules

KINDS = (
    "amount", "percentage", "count", "date", "time", "duration", "person", "body", "place",
    "contact", "enumeration", "definition", "name", "yes_no", "reason", "method", "statement",
)  # fmt: skip


def kind_of(folded: str, number: int) -> str:
    """One of KINDS; ``number`` is how many things the question speaks of, 0 where it does not say.

    The first rule of ``question_kinds.tsv`` that fits decides. 六大發展計劃是什麼: several things
    that are asked for are a list.
    """
    for kind, pattern in rules("question_kinds"):
        if pattern.search(folded):
            return kind
    return "enumeration" if number > 1 and phrase("several").search(folded) else "statement"
