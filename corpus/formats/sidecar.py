"""What a file beside another says of it: the metadata of ``law.txt`` in ``law.txt.meta.toml``."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from wenju.corpus.document import Source
from wenju.corpus.errors import ReadError
from wenju.corpus.metadata.extraction import merged
from wenju.corpus.metadata.given import given
from wenju.corpus.opened import content

SUFFIX = ".meta.toml"
"""Behind the whole name of the file that is described."""


def has_sidecar(path: Path) -> bool:
    """Whether something stands beside the file under the name of its sidecar."""
    return os.path.lexists(f"{path}{SUFFIX}")


def beside(path: Path, sources: Sequence[Source]) -> tuple[tuple[Source, ...], list[str]]:
    """The sources of a file with what its sidecar says, and a sentence for what could not be used.

    The sidecar wins over what the file's own format tells. Without one nothing changes.
    """
    sidecar = path.with_name(path.name + SUFFIX)
    if not has_sidecar(path):
        return tuple(sources), []
    try:
        values = tomllib.loads(content(sidecar).decode("utf-8-sig"))
    except ReadError as error:
        return tuple(sources), [str(error)]
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        return tuple(sources), [f"{sidecar.name} is no TOML that can be read ({reason})."]
    of_document, metadata, problems = given(values)
    described = (
        replace(source, **of_document, metadata=merged(metadata, source.metadata))
        for source in sources
    )
    return tuple(described), [f"{sidecar.name}: {said}" for said in problems]
