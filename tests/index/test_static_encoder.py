"""The static encoder against sentence-transformers, and what it promises of scripts and company."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wenju.corpus.errors import ReadError
from wenju.corpus.script import fold, to_simplified
from wenju.index.encoder import load_encoder
from wenju.index.static_encoder import BUNDLED, StaticEncoder

TEXTS = [
    "生態型創新聯合體最高支持1000萬元。",
    "The decision shall be published in the gazette.",
    "會議由主任主持，地點在圖書館二樓。" * 40,
    "a\ud800b",
]


def test_both_scripts_have_one_vector() -> None:
    encoder = load_encoder("static")
    hant, hans = encoder.encode(["圖書館幾點關門？", "图书馆几点关门？"])
    assert np.array_equal(hant, hans)
    question = encoder.encode(["圖書館什麼時候關門"], query=True)
    scores = (
        encoder.encode(["本館開放至晚上九點，逾時關門。", "肥料每公頃施用三百公斤。"]) @ question[0]
    )
    assert scores[0] > scores[1]


def test_a_text_has_one_vector_in_any_company() -> None:
    encoder = StaticEncoder()
    done: list[int] = []
    together = encoder.encode(TEXTS, on_batch=done.append)
    assert together.dtype == np.float32
    assert together.shape == (len(TEXTS), encoder.dimension)
    assert sum(done) == len(TEXTS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.array_equal(alone, together)
    assert encoder.encode([]).shape == (0, encoder.dimension)
    assert np.isfinite(encoder.encode(["", " "])).all()


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="set the encoder to embedded"):
        _ = StaticEncoder(tmp_path).name
    assert StaticEncoder().name.startswith("static:")
    size = sum(file.stat().st_size for file in BUNDLED.iterdir())
    assert size < 20 * 2**20


@pytest.mark.slow
def test_sentence_transformers_opens_the_folder() -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(BUNDLED), device="cpu").float()
    folded = [fold(to_simplified(text)) for text in TEXTS[:3]]
    theirs = model.encode(folded, normalize_embeddings=True, show_progress_bar=False)
    assert (StaticEncoder().encode(TEXTS[:3]) * theirs).sum(axis=1).min() > 0.999
