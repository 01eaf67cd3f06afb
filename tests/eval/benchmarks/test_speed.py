from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from tests.fakes import FakeEncoder
from wenju.corpus.document import Source
from wenju.eval.benchmarks import speed as bench
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

TEXTS = (
    "市圖書館每週一休館，其餘日子開放到晚上九點。",
    "地價稅每年十一月一日起繳納，逾期加徵滯納金。",
    "第三期工程由水務局負責，預算五百萬元。",
)
SOURCES = [Source(f"{i}.txt", f"origin {i}", text) for i, text in enumerate(TEXTS)]


def engine_in(home: Path, watch: bench.Stopwatch) -> Engine:
    encoder = bench.TimedEncoder(FakeEncoder(), watch)
    return Engine.open(Settings(home=home, cache=home / "cache"), encoder=encoder)


def test_a_timed_encoder_gives_the_same_vectors_and_takes_the_time() -> None:
    watch, plain = bench.Stopwatch(), FakeEncoder()
    timed = bench.TimedEncoder(plain, watch)
    assert (timed.name, timed.dimension) == (plain.name, plain.dimension)
    np.testing.assert_array_equal(timed.encode(TEXTS), plain.encode(TEXTS))
    once = watch.seconds["encode"]
    timed.encode(TEXTS, query=True)
    assert watch.seconds["encode"] > once > 0


def test_indexing_rates_are_of_what_is_in_the_library(tmp_path: Path) -> None:
    watch = bench.Stopwatch()
    with engine_in(tmp_path, watch) as engine:
        rows = {name: value for name, value, _ in bench.index(engine, SOURCES, watch)}
        assert (rows["documents"], rows["passages"]) == engine.library.count() == (3, 3)
    assert rows["index"] == pytest.approx(3 / watch.seconds["whole"])
    assert rows["index"] < rows["index: encode"] == pytest.approx(3 / watch.seconds["encode"])


def test_sizes_add_up_to_the_folder(tmp_path: Path) -> None:
    watch = bench.Stopwatch()
    with engine_in(tmp_path, watch) as engine:
        bench.index(engine, SOURCES, watch)
        rows = bench.sizes(engine.settings, passages=2)
        held = [f for f in tmp_path.rglob("*") if f.is_file() and f.parent != tmp_path / "index"]
        counted = sum(value for name, value, _ in rows if name.startswith("disk"))
        assert 2 * counted == sum(f.stat().st_size for f in held) > 0


def test_latency_splits_by_part(tmp_path: Path) -> None:
    watch = bench.Stopwatch()
    with engine_in(tmp_path, watch) as engine:
        bench.index(engine, SOURCES, watch)
        rows = bench.latency(engine, ["地價稅什麼時候繳", "第三期工程由誰負責"])
    names = [name.removesuffix(" p50") for name, _, _ in rows if name.endswith("p50")]
    assert names == ["ask", "ask: encode", "ask: dense", "ask: lexical", "ask: read"]
    for p50, p95, most in zip(rows[::3], rows[1::3], rows[2::3], strict=True):
        assert 0 < p50[1] <= p95[1] <= most[1]


def test_without_the_data_there_are_only_the_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENJU_DATA", str(tmp_path))
    names = {source.name.split("#")[0] for source in bench.documents(2000)}
    assert names == {p.name for p in bench._samples().iterdir() if p.suffix not in (".py", "")}


def test_law_comes_in_both_scripts_and_as_much_as_asked_for(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENJU_DATA", str(data_folder))
    samples = bench.passages_of(bench.documents(0))
    assert bench.passages_of(bench.documents(40)) == samples + 40


def test_a_table_row_keeps_its_value_and_unit() -> None:
    from rich.console import Console

    console = Console(width=80, file=StringIO())
    with console.capture() as capture:
        console.print(bench.table([("ask p50", 41.257, "ms"), ("passages", 2138, "")]))
    shown = capture.get()
    assert "41.26" in shown and "ms" in shown and "2,138" in shown


@pytest.mark.slow
def test_the_command_prints_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["--passages", "0", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert all(measure["value"] > 0 for measure in found.values())
    assert {"wenju --help", "index", "ask p50", "disk: library", "wenju ask, a new process"} <= {
        *found
    }
