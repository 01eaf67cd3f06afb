"""What a library holds, by kind and by issuer, told by its catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from wenju.index.catalogue import Catalogue
from wenju.index.records import DocumentFacts
from wenju.qa.answer import Holding, Holdings

_NAMED = 6  # kinds, and issuers
_EXAMPLES = 2


def holdings_of(catalogue: Catalogue, ids: Collection[str] | None) -> Holdings:
    """What the documents of these ids are, or all of them where it is None."""
    documents = [d for d in catalogue.documents.values() if ids is None or d.id in ids]
    return Holdings(
        len(documents),
        _grouped(documents, lambda d: d.metadata.kind),
        # documents that name nobody are told by their kind already
        tuple(h for h in _grouped(documents, lambda d: d.issuer) if h.name),
    )


def _grouped(
    documents: Sequence[DocumentFacts], by: Callable[[DocumentFacts], str]
) -> tuple[Holding, ...]:
    """The largest groups first, what belongs to none last; the newest documents are the examples."""
    groups: dict[str, list[DocumentFacts]] = defaultdict(list)
    for document in sorted(documents, key=lambda d: d.date, reverse=True):
        groups[by(document)].append(document)
    ordered = sorted(groups.items(), key=lambda group: (not group[0], -len(group[1])))
    return tuple(
        Holding(name, len(held), tuple(d.label for d in held[:_EXAMPLES]))
        for name, held in ordered[:_NAMED]
    )
