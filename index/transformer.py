"""A parsed model as the libraries want it: its tokenizer, and the files that describe it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from wenju.index import q4

if TYPE_CHECKING:
    from tokenizers import Tokenizer, normalizers

_MODULES = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
# Unicode never assigns this code point, so no text holds it: it keeps ～ out of NFKC's reach
_KEPT_TILDE = "\ufdd0"


def tokenizer(unigram: q4.Unigram) -> Tokenizer:
    """The pieces as a ``tokenizers.Tokenizer``."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

    pieces = list(zip(unigram.pieces, unigram.scores, strict=True))
    made = Tokenizer(models.Unigram(pieces, unk_id=unigram.unknown, byte_fallback=False))
    made.normalizer = _normalizer(unigram.normalized)
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    made.decoder = decoders.Metaspace(prepend_scheme="always")
    bos, eos = unigram.pieces[unigram.bos], unigram.pieces[unigram.eos]
    made.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, unigram.bos), (eos, unigram.eos)],
    )
    return made


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
