"""Libraries of older versions: their tables changed, and what is missing read from the texts."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from wenju.corpus.build import described
from wenju.corpus.inventory import Inventory
from wenju.corpus.layout import read_layout
from wenju.corpus.metadata.facts import days
from wenju.corpus.passages import cut
from wenju.corpus.script import fold
from wenju.corpus.statutes import provisions_of
from wenju.index.records import READING, inventory_row, metadata_row
from wenju.index.schema import SCHEMA_VERSION, UPGRADES

if TYPE_CHECKING:
    from wenju.corpus.document import Document, Passage
    from wenju.index.library import Library

_HEAD, _FOOT = 300, 200  # characters in which older versions looked for a date
_DESCRIBED = 3  # the version since which libraries keep metadata and corrections
_LOG = logging.getLogger(__name__)


def upgrade(library: Library, version: int) -> None:
    """Bring a library from an older version to this one, in one transaction.

    Of libraries without metadata, all passages are cut anew: those whose text and headings are as they were keep their numbers and vectors; those that
    documents are now cut into otherwise get new ones and are encoded when the library is next
    used. Nothing has changed when it breaks off. Says in the log what it does.
    """
    _LOG.warning(
        "%s is a library of version %d; it is being upgraded to version %d.",
        *(library.name, version, SCHEMA_VERSION),
    )
    with library.transaction():
        # another process may have come first
        if library.remembered("version") == str(SCHEMA_VERSION):
            return
        for older in range(version, SCHEMA_VERSION):
            for statement in UPGRADES[older]:
                library.write(statement, ())
        ids = [row[0] for row in library.rows("SELECT id FROM documents ORDER BY id")]
        for document_id in ids:
            _count(library, document_id)
        # from then on a library has what files and people said of documents, which is not read anew
        read_anew = ids if version < _DESCRIBED else []
        new = sum(_recut(library, document_id) for document_id in read_anew)
        # files are read anew when they are next added, for what older versions did not keep
        library.write("DELETE FROM meta WHERE substr(key, 1, ?) = ?", (len(READING), READING))
        library.remember("version", str(SCHEMA_VERSION))
        library.changed()
    _LOG.warning(
        "%s is upgraded: %d documents; %d passages are new and will be encoded.",
        *(library.name, len(ids), new),
    )


def _count(library: Library, document_id: str) -> None:
    """Keep what can still be told of what a document's file held: the rest is told when it is added again."""
    document = library.document(document_id)
    doubts = sum(1 for repair in document.repairs if repair.kind == "unresolved")
    inventory = Inventory(max((page.number for page in document.pages), default=0), doubts=doubts)
    sql = "UPDATE documents SET inventory = ? WHERE id = ?"
    library.write(sql, (inventory_row(inventory), document_id))


def _recut(library: Library, document_id: str) -> int:
    """Cut a document anew; returns how many of its passages are not as they were."""
    before = {passage.id: passage for passage in library.passages_of(document_id)}
    document = _described(library, document_id)
    layout = read_layout(document.text, document.headings)
    passages = cut(document, layout)
    library.set_provisions(document_id, provisions_of(layout))
    kept = {p.id for p in passages if p.id in before and _reads_alike(p, before[p.id])}
    library.write("DELETE FROM passages WHERE id = ?", *((i,) for i in before if i not in kept))
    library.write(
        "UPDATE passages SET position = ?, page = ?, heading = ?, article = ?, header = ?, "
        "read_as = ? WHERE id = ?",
        *(
            (p.position, p.page, p.heading, p.article, p.header, p.read_as, p.id)
            for p in passages
            if p.id in kept
        ),
    )
    new = [passage for passage in passages if passage.id not in kept]
    library.add_passages(new)
    return len(new)


def _described(library: Library, document_id: str) -> Document:
    """A document with what its text says of it, which older versions did not ask.

    Its title and issuer stay, which are searched and encoded. So does a date that its text does not
    name: the file's format gave it. Any other may be the first that turned up, and is read anew.
    """
    before = library.document(document_id)
    named = {day.value for day in days(fold(before.text[:_HEAD] + "\n" + before.text[-_FOOT:]))}
    kept = "" if before.date in named else before.date
    document = replace(
        described(replace(before, date=kept)), title=before.title, issuer=before.issuer
    )
    library.write(
        "UPDATE documents SET date = ?, metadata = ? WHERE id = ?",
        (document.date, metadata_row(document.metadata), document_id),
    )
    return document


def _reads_alike(passage: Passage, before: Passage) -> bool:
    """Whether the same is searched and encoded: the place is, by the id, and the document is."""
    return passage.headings == before.headings
