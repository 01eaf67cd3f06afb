"""Indexes whose folder cannot be written: kept in a temporary one, so that answers go on."""

from __future__ import annotations

import logging
import os
import shutil
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from wenju.corpus.errors import WenjuError

# FAISS and Tantivy say with the last two what the system says with the first
UNSTORED: Final = (OSError, RuntimeError, ValueError)
_MEMORY: Final = ("/dev/shm",)
_LOG = logging.getLogger(__name__)


class IndexStorageError(WenjuError):
    """The indexes can be kept nowhere."""


def temporary_places(owner: object, folder: Path, error: Exception) -> Iterator[Path]:
    """Temporary folders with what can be read of an index's, removed when their owner is gone.

    On the disk for temporary files, then in memory. Says so in the log.
    """
    for base in (None, *filter(os.path.isdir, _MEMORY)):
        try:
            made = Path(mkdtemp(prefix="wenju-index-", dir=base))
        except OSError:
            continue
        weakref.finalize(owner, shutil.rmtree, made, ignore_errors=True)
        _LOG.warning(
            "The indexes in %s cannot be written (%s); they are kept in %s until Wenju is started "
            "again.",
            *(folder, _brief(error), made),
        )
        if folder.is_dir():
            # what is not whole is built anew
            with suppress(OSError, shutil.Error):
                shutil.copytree(folder, made, dirs_exist_ok=True, copy_function=shutil.copyfile)
            for inside in (made, *(path for path in made.rglob("*") if path.is_dir())):
                inside.chmod(0o700)  # the copy is ours to change
        yield made
        shutil.rmtree(made, ignore_errors=True)


def unusable(folder: Path, error: Exception) -> IndexStorageError:
    """What is said where the indexes can be kept nowhere."""
    return IndexStorageError(
        f"The indexes can be written neither beside the library nor in {folder} ({_brief(error)}). "
        "Free some space, or set TMPDIR to a folder that can be written."
    )


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
