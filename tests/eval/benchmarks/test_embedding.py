"""The benchmark of encoding: what it compares, and with what."""

from __future__ import annotations

import json

import numpy as np
import pytest

from wenju.eval.benchmarks import embedding


def test_passages_are_of_like_length() -> None:
    texts = embedding.passages(30, 60)
    assert len(texts) == 30
    assert all(30 <= len(text) <= 60 for text in texts)


@pytest.mark.slow
def test_each_is_compared_with_the_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def encode(texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return np.full((len(texts), 4), 0.5, np.float32)

    monkeypatch.setattr(embedding, "plain", lambda cache: encode)
    embedding.main(["--passages", "3", "--rounds", "1", "--encoder", "static"])
    found = json.loads(capsys.readouterr().out)
    named = {row["encoder"]: row for row in found["measured"]}
    assert list(named) == ["sentence-transformers", "embedded", "static"]
    assert named["sentence-transformers"]["times as fast"] == 1
    assert named["sentence-transformers"]["cosine"] == 1
    assert named["static"]["cosine"] is None
    assert found["passages"] == 3
