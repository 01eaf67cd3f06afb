"""Documents by what a person calls them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wenju.ui.cli.errors import CommandError

if TYPE_CHECKING:
    from wenju.index.records import DocumentSummary

_SHOWN = 5  # candidates named in a sentence


def find_documents(documents: Sequence[DocumentSummary], wanted: Sequence[str]) -> list[str]:
    """The ids of the documents meant, each once, in the order asked for.

    A document is meant by its id, by the unique beginning of its id, or by its unique name.
    Raises CommandError where none or several are meant.
    """
    return list(dict.fromkeys(_find(documents, name) for name in wanted))


def _find(documents: Sequence[DocumentSummary], wanted: str) -> str:
    exact = [d for d in documents if d.id == wanted]
    named = exact or [d for d in documents if d.name == wanted]
    found = named or [d for d in documents if wanted and d.id.startswith(wanted)]
    if len(found) == 1:
        return found[0].id
    if not found:
        raise CommandError(
            f"No document is called {wanted!r}; expected an id, its beginning, or a name as "
            "`wenju list` shows them."
        )
    shown = ", ".join(f"{d.id} ({d.name})" for d in found[:_SHOWN])
    more = ", …" if len(found) > _SHOWN else ""
    raise CommandError(
        f"{wanted!r} means {len(found)} documents: {shown}{more}. Give a full id instead."
    )
