"""``wenju doctor`` of a library that several machines share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wenju.qa.stores import open_indexes, open_library, open_originals, shared_indexes

if TYPE_CHECKING:
    from wenju.index.inspection import Finding
    from wenju.qa.settings import Settings


def library(settings: Settings) -> tuple[str, list[Finding]]:
    """Every document and vector of the library."""
    from wenju.index.inspection.shared import inspect_shared_library

    held = open_library(settings)
    try:
        found = [*inspect_shared_library(held)]
        documents, passages = held.count()
        return f"{held.name}, {documents:,} documents, {passages:,} passages", found
    finally:
        held.close()


def index(settings: Settings) -> tuple[str, list[Finding]]:
    """What Milvus and the counts hold, once they are brought up."""
    from wenju.index.distributed.indexes import SharedIndexes
    from wenju.index.encoder import load_encoder
    from wenju.index.inspection.shared import inspect_shared_indexes

    held = open_library(settings)
    try:
        indexes = open_indexes(settings, held, load_encoder(settings.encoder, settings.device))
        assert isinstance(indexes, SharedIndexes)
        found = [*inspect_shared_indexes(held, indexes)]
        return f"{indexes.milvus.name}, {indexes.milvus.count():,} passages", found
    finally:
        held.close()


def originals(settings: Settings) -> str:
    """The files that documents were read from."""
    held = open_library(settings)
    try:
        kept = open_originals(settings, held)
        count, size = len(kept.documents()), kept.size()
        return f"{count:,} documents with their files, {size / 1e6:,.1f} MB"
    finally:
        held.close()


def repair(settings: Settings) -> list[str]:
    """Make the indexes anew, for all that share them; what is in PostgreSQL is restored from its backups."""
    from wenju.index.encoder import load_encoder
    from wenju.index.encoding import encode_missing

    held = open_library(settings)
    try:
        encoder = load_encoder(settings.encoder, settings.device)
        encode_missing(held, encoder)
        shared_indexes(settings, held, encoder).rebuild()
        passages = held.count()[1]
    finally:
        held.close()
    return [f"The indexes were made anew with {passages:,} passages; restart the other nodes."]
