"""What the settings name as the place of a library, opened: in the home folder, or on servers that are shared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wenju.index.encoder import Encoder
from wenju.index.library import Library
from wenju.index.originals import Originals
from wenju.index.store import LibraryError
from wenju.qa.feedback import FeedbackStore
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    from wenju.index.distributed.indexes import SharedIndexes


def is_shared(settings: Settings) -> bool:
    """Whether the library lies on servers that several machines share."""
    return settings.store != "embedded"


def place_of(settings: Settings, library: Library) -> str:
    """What a person is told of where a library lies."""
    return library.name if is_shared(settings) else str(settings.home)


def open_library(settings: Settings) -> Library:
    """The library, made where there is none; raises LibraryError, MissingExtra."""
    database = settings.database.get_secret_value()
    if not is_shared(settings):
        if database:
            raise LibraryError(
                "WENJU_DATABASE is set and WENJU_STORE is not: set it to milvus://host:19530 as well, or "
                "unset WENJU_DATABASE to use the library in the home folder."
            )
        return Library(settings.library_path)
    if not database:
        raise LibraryError(
            f"WENJU_STORE is {settings.store}, and WENJU_DATABASE is not set: set it to "
            "postgresql://user:password@host:5432/name, where the documents are kept."
        )
    from wenju.index.distributed.postgres import PostgresStore

    return Library(PostgresStore(database))


def open_indexes(settings: Settings, library: Library, encoder: Encoder) -> SharedIndexes | Path:
    """The indexes of a library, or the folder where they lie.

    Raises LibraryError where other nodes index otherwise, and MilvusError.
    """
    if not is_shared(settings):
        return settings.index_path
    indexes = shared_indexes(settings, library, encoder)
    indexes.open()
    return indexes


def shared_indexes(settings: Settings, library: Library, encoder: Encoder) -> SharedIndexes:
    """The indexes that are shared, whether they can be used or not; raises MilvusError."""
    from wenju.index.distributed.indexes import SharedIndexes
    from wenju.index.distributed.milvus import Address

    address = Address(settings.store, settings.store_token.get_secret_value())
    return SharedIndexes(library, address, encoder)


def open_originals(settings: Settings, library: Library) -> Originals:
    """The files that documents were read from."""
    if not is_shared(settings):
        return Originals(settings.originals_path)
    from wenju.index.distributed.originals import SharedOriginals

    return SharedOriginals(library, settings.cache / "originals")


def open_feedback(settings: Settings, library: Library) -> FeedbackStore:
    """What people said of answers."""
    if not is_shared(settings):
        return FeedbackStore(settings.feedback_path)
    from wenju.qa.feedback.shared import SharedFeedback

    return SharedFeedback(library)
