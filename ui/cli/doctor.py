"""``wenju doctor``: does everything work, and what does not."""

from __future__ import annotations

import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from time import perf_counter
from typing import TYPE_CHECKING, Any

from wenju import __version__
from wenju.corpus.errors import WenjuError
from wenju.qa.stores import is_shared

if TYPE_CHECKING:
    from wenju.index.inspection import Finding, Salvaged
    from wenju.qa.settings import Settings

_PACKAGES = (
    *("torch", "sentence-transformers", "faiss-cpu", "tantivy", "jieba", "opencc"),
    *("fastapi", "gradio"),
)
Check = Callable[["Settings"], "str | tuple[str, list[Finding]]"]


def examine(settings: Settings) -> dict[str, Any]:
    """Versions and checks; ``ok`` is whether every check is. Nothing is raised."""
    checks: dict[str, Check] = {
        "home": _home,
        "library": _library,
        "encoder": _encoder,
        "reader": _reader,
        "index": _index,
        "ocr": _ocr,
        "older office files": _office,
        "originals": _originals,
        "server": _server,
    }
    if is_shared(settings):
        from wenju.ui.cli import shared_doctor

        del checks["home"]
        checks |= {"library": shared_doctor.library, "index": shared_doctor.index}
        checks |= {"originals": shared_doctor.originals}
    outcomes = {name: _outcome(check, settings) for name, check in checks.items()}
    return {
        "ok": all(outcome["ok"] for outcome in outcomes.values()),
        "versions": {
            "wenju": __version__,
            "python": platform.python_version(),
            **{name: _version(name) or "missing" for name in _PACKAGES},
        },
        "checks": outcomes,
    }


def repair(settings: Settings, found: dict[str, Any]) -> list[str]:
    """Repair what an examination found; returns a sentence to each thing that was done.

    The library is made anew from what of it is sound, indexes are taken away and built again with the next
    question. Of a shared library only the indexes are made anew. Raises LibraryError where nothing of the
    library can be read.
    """
    if is_shared(settings):
        from wenju.ui.cli import shared_doctor

        return [] if found["checks"]["index"]["ok"] else shared_doctor.repair(settings)
    from wenju.index.inspection import inspect_indexes, salvage
    from wenju.index.inspection.indexes import remove_index
    from wenju.index.library import Library

    if not found["checks"]["library"]["ok"] and settings.library_path.exists():
        return _said(salvage(settings.library_path, settings.index_path))
    library = Library(settings.library_path)
    try:
        found_now = inspect_indexes(library, settings.index_path)
    finally:
        library.close()
    wrong = dict.fromkeys(f.where for f in found_now if f.severity == "fault")
    for name in wrong:
        remove_index(settings.index_path, name)
    return [f"The {name} index is built anew with the next question." for name in wrong]


def _said(kept: Salvaged) -> list[str]:
    said = [
        f"The library was made anew with {kept.documents:,} documents and {kept.passages:,} passages; "
        f"the damaged one is kept as {kept.put_aside}. Restart a server that has it open."
    ]
    if kept.lost:
        said.append(
            f"{len(kept.lost):,} documents are damaged beyond repair; add their files again: "
            f"{', '.join(kept.lost)}."
        )
    if kept.described_anew:
        said.append(
            f"Of {len(kept.described_anew):,} documents only the text was whole; add their files again for "
            f"their dates and titles: {', '.join(kept.described_anew)}."
        )
    if kept.encoded_again:
        said.append(f"{kept.encoded_again:,} passages are encoded again when it is next used.")
    return said


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _outcome(check: Check, settings: Settings) -> dict[str, Any]:
    try:
        said = check(settings)
        says, found = (said, []) if isinstance(said, str) else said
        faults = [finding.says for finding in found if finding.severity == "fault"]
        notes = [f"{f.where}: {f.says}" for f in found if f.severity == "note"]
        more = {"faults": faults, "notes": notes}
        return {"ok": not faults, "says": says} | {key: s for key, s in more.items() if s}
    except WenjuError as error:
        return {"ok": False, "says": str(error)}
    except Exception as error:
        return {"ok": False, "says": f"{type(error).__name__}: {error}"}


def _server(settings: Settings) -> str:
    from wenju.ui.socket.place import SocketError, connect

    if not settings.use_server:
        return "None is asked, as the settings say; commands do their work themselves."
    try:
        connect(settings.home).close()
    except SocketError as error:
        return f"{error} Commands do their work themselves."
    return "One runs on this home and does the work of commands."


def _home(settings: Settings) -> str:
    from tempfile import TemporaryFile

    settings.home.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=settings.home):
        return f"{settings.home} can be written to"


def _library(settings: Settings) -> tuple[str, list[Finding]]:
    """Every page and row of the library."""
    from wenju.index.inspection import inspect_library
    from wenju.index.library import Library

    found = inspect_library(settings.library_path)
    if any(finding.where == "file" for finding in found):
        return f"{settings.library_path} is damaged", found
    library = Library(settings.library_path)
    documents, passages = library.count()
    library.close()
    return f"{documents:,} documents, {passages:,} passages", found


def _encoder(settings: Settings) -> str:
    from wenju.index.encoder import load_encoder

    started = perf_counter()
    encoder = load_encoder(settings.encoder, settings.device)
    encoder.encode(["問據"], query=True)
    took = perf_counter() - started
    return f"{encoder.name}, {encoder.dimension} dimensions, ready in {took:.1f} s"


def _reader(settings: Settings) -> str:
    if settings.reader == "lexical":
        return "lexical, nothing to load"
    from wenju.qa.network.scorer import NetworkScorer

    started = perf_counter()
    scorer = NetworkScorer()
    scorer.score([scorer.reads.input("最高支持多少", "", "最高支持1000万元。")])
    return f"trained:{scorer.digest[:12]}, ready in {perf_counter() - started:.1f} s"


def _originals(settings: Settings) -> str:
    from wenju.index.originals import OriginalError, Originals

    originals = Originals(settings.originals_path)
    if missing := originals.missing():
        raise OriginalError(
            f"{settings.originals_path} lacks the files of {len(missing)} documents "
            f"({missing[0]}{'…' if missing[1:] else ''}); add them again to see their pages."
        )
    count, size = len(originals.documents()), originals.size()
    return f"{count:,} documents with their files, {size / 1e6:,.1f} MB"


def _index(settings: Settings) -> tuple[str, list[Finding]]:
    """A stale or missing index is no fault: the next question updates it."""
    from wenju.index import manifest
    from wenju.index.inspection import inspect_indexes
    from wenju.index.library import Library

    library = Library(settings.library_path)
    try:
        found = inspect_indexes(library, settings.index_path)
        said = []
        for name in ("dense", "lexical"):
            held = manifest.load(settings.index_path / name)
            if held is None or held[0].library != library.identity:
                state = "not built yet"
            elif held[0].revision != library.revision:
                state = f"{len(held[1]):,} passages, behind the library"
            else:
                state = f"{len(held[1]):,} passages, up to date"
            said.append(f"{name} {state}")
    finally:
        library.close()
    late = any(not state.endswith("up to date") for state in said)
    return "; ".join(said) + (" (updated with the next question)" if late else ""), found


def _ocr(settings: Settings) -> str:
    """Scans are read where the extra is installed; that it is not is no fault."""
    from wenju.corpus.formats.ocr.engine import INSTALL, installed_size, is_installed, recognise

    if not is_installed():
        return f"not installed, scanned pages and images are not read; {INSTALL} adds it (about 285 MB)"
    import numpy as np

    started = perf_counter()
    image = np.full((400, 400, 3), 255, dtype=np.uint8)
    image[180:220, 80:320] = 0
    recognise(image)
    took = perf_counter() - started
    size = installed_size() // 1_000_000
    return f"installed ({size:,} MB), ready in {took:.1f} s; a page takes about 3 s of one core"


def _office(settings: Settings) -> str:
    from wenju.corpus.formats.legacy import SUFFIXES, program

    kinds = " ".join(SUFFIXES)
    if found := program():
        return f"{kinds} are converted by {found}"
    return f"{kinds} are not read; LibreOffice, once installed, converts them"
