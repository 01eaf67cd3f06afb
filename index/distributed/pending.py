"""What became of passages, brought into Milvus and the counts: nothing is lost where it breaks off.

Triggers write down every passage that comes and goes, in the transaction that changes it. Whoever brings the
indexes up holds a lock, does to Milvus what can be done twice, and only then counts and strikes it off, all in
one transaction. Killed in between, it is done again by whoever comes next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from wenju.corpus.document import Passage
from wenju.corpus.script import fold
from wenju.index.distributed.entries import Subject, counted_of, read_passage, subject_of, words_of
from wenju.index.distributed.milvus import Milvus, Row
from wenju.index.library import Library, LibraryError, UnknownDocument

if TYPE_CHECKING:
    from psycopg import Connection

    from wenju.index.distributed.entries import Said
    from wenju.index.distributed.postgres import PostgresStore

INDEXING: Final = 0x77656E6A76  # the lock that whoever brings the indexes up holds
BATCH: Final = 512  # passages that are brought up in one transaction
# what another process is about to remove is left for the next time
_TAKEN: Final = (
    "SELECT number, counted, was FROM pending ORDER BY number LIMIT %s FOR UPDATE SKIP LOCKED"
)
_COUNTED: Final = (
    "INSERT INTO counts SELECT * FROM unnest(%s::bigint[], %s::bigint[]) "
    "ON CONFLICT (term) DO UPDATE SET holding = counts.holding + excluded.holding"
)
_BUMPED: Final = "UPDATE meta SET value = value::bigint + 1 WHERE key = 'indexed'"


class Made(NamedTuple):
    """Indexes in Milvus, and what they were made with: the encoder's name, and all that shapes them."""

    milvus: Milvus
    encoder: str
    built_with: str


class _Batch(NamedTuple):
    """Passages that came or went; ``counted`` are those that the counts include, ``was`` texts of old."""

    counted: set[int]
    was: dict[int, str]
    passages: dict[int, Passage]
    numbers: list[int]


def bring_up(library: Library, store: PostgresStore, made: Made, most: int | None = None) -> bool:
    """Bring the indexes up to the library; whether nothing is left that was there at the beginning.

    With ``most``, by so many passages at most, and by none where another process is doing it. Raises
    MilvusError, and LibraryError where another process has made indexes with other settings, which these
    are not.
    """
    waiting = store.rows("SELECT count(*) FROM pending")[0][0]
    left = waiting if most is None else min(waiting, most)
    while left > 0:
        with store.apart(INDEXING, waits=most is None) as connection:
            if connection is None:
                return False
            check_ours(library, made.built_with)
            batch = _taken(library, connection, min(left, BATCH))
            if not batch.numbers:
                return True
            _apply(library, connection, made, batch)
        left -= len(batch.numbers)
    return most is None or waiting <= most


def check_ours(library: Library, built_with: str) -> None:
    """Raise LibraryError where the indexes are made otherwise."""
    held = library.remembered("built_with")
    if held != built_with:
        raise LibraryError(
            f"{library.name} is indexed as {held}, and this node works with {built_with}. Set WENJU_ENCODER as "
            "the other nodes have it, give all the same version of Wenju, and restart this node; or index it "
            "anew for all of them with `wenju doctor --repair`."
        )


def _taken(library: Library, connection: Connection[Any], most: int) -> _Batch:
    rows = connection.execute(_TAKEN, (most,)).fetchall()
    numbers = [number for number, _, _ in rows]
    return _Batch(
        {number for number, counted, _ in rows if counted},
        {number: was for number, _, was in rows if was is not None},
        library.passages(numbers),
        numbers,
    )


def _apply(library: Library, connection: Connection[Any], made: Made, batch: _Batch) -> None:
    said = {n: read_passage(p.text, p.folded) for n, p in batch.passages.items()}
    vectors = dict(library.vectors(made.encoder, [*batch.passages]))
    # one that is not encoded yet is near to nothing
    empty = np.zeros(made.milvus.dimension, dtype=np.float32)
    made.milvus.remove([n for n in batch.numbers if n not in batch.passages])
    made.milvus.put(
        [
            Row(n, p.document_id, vectors.get(n, empty), words_of(said[n], p))
            for n, p in batch.passages.items()
        ]
    )
    totals = Counter[int]()
    _count_passages(connection, batch, said, totals)
    _count_documents(library, connection, batch, totals)
    changed = sorted((term, by) for term, by in totals.items() if by)
    connection.execute(_COUNTED, ([term for term, _ in changed], [by for _, by in changed]))
    connection.execute("DELETE FROM pending WHERE number = ANY(%s)", (batch.numbers,))
    connection.execute(_BUMPED)


def _count_passages(
    connection: Connection[Any], batch: _Batch, said: dict[int, Said], totals: Counter[int]
) -> None:
    new = [n for n in batch.passages if n not in batch.counted]
    for number in new:
        totals.update(said[number].counted)
    gone = [n for n in batch.numbers if n not in batch.passages]
    for number in gone:
        if number in batch.counted:
            was = batch.was[number]
            totals.subtract(read_passage(was, fold(was)).counted)
    connection.execute("DELETE FROM marks WHERE number = ANY(%s)", (gone,))
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO marks VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [(n, said[n].han, [*dict.fromkeys(said[n].fields["values"])]) for n in new],
        )


def _count_documents(
    library: Library, connection: Connection[Any], batch: _Batch, totals: Counter[int]
) -> None:
    """Of each document whose first passage came or went, as a document index does."""
    gone = connection.execute(
        "DELETE FROM subjects WHERE number = ANY(%s) RETURNING place, length, terms, times",
        (batch.numbers,),
    ).fetchall()
    for row in gone:
        _add(totals, counted_of(Subject(*row)), -1)
    firsts = {n: p.document_id for n, p in batch.passages.items() if p.position == 0}
    for number, document_id in firsts.items():
        try:
            subject = subject_of(library.document(document_id))
        except UnknownDocument:
            continue
        _add(totals, counted_of(subject), 1)
        row = (number, document_id, *subject)
        connection.execute("INSERT INTO subjects VALUES (%s, %s, %s, %s, %s, %s)", row)


def _add(totals: Counter[int], counted: Iterable[tuple[int, int]], sign: int) -> None:
    for term, by in counted:
        totals[term] += sign * by


def all_pending(connection: Connection[Any], built_with: str) -> None:
    """Forget all that was counted, and write down every passage as one that just came."""
    connection.execute("TRUNCATE pending, counts, marks, subjects")
    connection.execute("INSERT INTO pending SELECT number, false, NULL FROM passages")
    facts: Sequence[tuple[str, str]] = (("built_with", built_with), ("indexed", "0"))
    for fact in facts:
        connection.execute(
            "INSERT INTO meta VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            fact,
        )
