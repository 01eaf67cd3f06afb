"""A sentence-transformers model: opening it quietly, its prompts, its identity, its precision."""

from __future__ import annotations

import hashlib
import importlib
import logging
import os
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from wenju.index.embedded import HUB_NAME, EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Precision = Literal["float32", "bfloat16"]
CPU: Final = "cpu"
_E5_PROMPTS: Final = ("query: ", "passage: ")
_opening = threading.Lock()
_SAMPLES, _SAMPLE_BYTES = 64, 1 << 16


def identity_of(spec: str) -> str:
    """A hub name as it is; a folder's name with a hash of what is in it."""
    folder = Path(spec)
    if not folder.is_dir():
        return spec
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode("utf-8", "replace"))
        with path.open("rb") as file:
            # big files are sampled evenly: training a model changes it nearly everywhere
            for i in range(_SAMPLES):
                file.seek(max(size - _SAMPLE_BYTES, 0) * i // (_SAMPLES - 1))
                digest.update(file.read(_SAMPLE_BYTES))
                if size <= _SAMPLE_BYTES:
                    break
    return f"{folder.name}:{digest.hexdigest()[:12]}"


def checked_spec(spec: str) -> str:
    """A hub name as it is, a folder as an absolute path; raises EncoderError for neither."""
    folder = Path(spec).expanduser()
    if spec and folder.is_dir():
        return str(folder.resolve())
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", spec) or spec.startswith("."):
        raise EncoderError(
            f"The encoder {spec!r} is neither a folder that exists nor a hub name such as "
            f"{HUB_NAME}: check it, or set encoder to embedded."
        )
    return spec


@cache
def native_precision(device: str = CPU) -> Precision:
    """bfloat16 where the processor multiplies in it (x86 on Linux tells), else float32.

    Graphics cards of NVIDIA do since 2020, and compute in it what they cannot multiply.
    """
    if device != CPU:
        return "bfloat16" if device.startswith("cuda") else "float32"
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "float32"
    return "bfloat16" if re.search(r"\b(amx_bf16|avx512_bf16)\b", flags) else "float32"


def prompts_of(model: SentenceTransformer, spec: str) -> tuple[str, str]:
    """What is put before a query and before a passage."""
    own: dict[str, str] = {name: text for name, text in model.prompts.items() if text}
    default = own.get(model.default_prompt_name or "", "")
    if own:
        passage = next((own[n] for n in ("document", "passage", "corpus") if n in own), default)
        return own.get("query", default), passage
    is_e5 = re.search(r"(^|[-_])e5([-_]|$)", Path(spec).name.lower())
    if is_e5 and not re.search("instruct|mistral", spec.lower()):  # those follow instructions
        return _E5_PROMPTS
    return "", ""


def open_model(place: str, device: str = CPU) -> SentenceTransformer:
    """Load a folder or hub name onto a device, in float32; raises EncoderError.

    The network is left alone for a folder that holds the whole model, and where the hub does not
    answer: a model it gave before is then taken from its cache. Weights are read from safetensors
    only; the other format (``.bin``, pickle) is a program that loading would run.
    """
    # threads that spin while they wait slow each other down fourfold on a busy machine; OpenMP
    # reads this when PyTorch is first imported
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        # what is set while loading is set for the whole process
        with (
            _opening,
            _quiet(),
            _offline(_is_whole(Path(place)) or not _hub_answers(place)) as offline,
        ):
            from sentence_transformers import SentenceTransformer

            _refuse_pickle(Path(place))
            model = SentenceTransformer(
                place,
                device=device,
                local_files_only=offline,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True},
            )
    except Exception as error:  # whatever the libraries below raise, the user can do the same
        reason = (str(error).strip() or type(error).__name__).splitlines()[0][:200].rstrip(".")
        raise EncoderError(
            f"The encoder {place!r} could not be loaded onto {device!r} ({reason}): check the name, connect to the "
            "network once so that it can be downloaded, give a folder that holds it, or set "
            "encoder to embedded."
        ) from error
    return model.float().eval()


def _refuse_pickle(folder: Path) -> None:
    for weights in folder.rglob("pytorch_model*.bin"):
        if not any(weights.parent.glob("model*.safetensors")):
            raise ValueError(
                f"{weights.name} is not in the format safetensors, which is the only one read"
            )


@contextmanager
def _quiet() -> Iterator[None]:
    """No progress bars, load reports or warnings of the libraries while a model loads."""
    names = ("sentence_transformers", "transformers", "huggingface_hub")
    loggers = [logging.getLogger(name) for name in names]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bars: Any = importlib.import_module("transformers.utils.logging")
        bars.disable_progress_bar()
        levels = [logger.level for logger in loggers]
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)


def _is_whole(folder: Path) -> bool:
    """Whether it is a folder, and not an adapter of a model that lies elsewhere."""
    return folder.is_dir() and not (folder / "adapter_config.json").exists()


def _hub_answers(name: str) -> bool:
    """Ask once: the libraries below would try again for a minute."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    try:
        HfApi().model_info(name, timeout=10)
    except HfHubHTTPError:
        return True  # an answer, though perhaps a refusal that loading will explain
    except Exception:  # the HTTP library differs by version, and so do its errors
        return False
    return True


@contextmanager
def _offline(wanted: bool) -> Iterator[bool]:
    """While a model loads, the hub's client refuses every request if so wanted."""
    from huggingface_hub import constants

    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = wanted or before
    try:
        yield constants.HF_HUB_OFFLINE
    finally:
        constants.HF_HUB_OFFLINE = before
