"""The tokenizer of a parsed model."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tokenizers import Tokenizer, normalizers

    from wenju.index import q4

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
