"""English questions on Chinese articles: where their answers stand."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from wenju.eval.training.network.gold import TrainingDataError
from wenju.eval.training.network.translated import translated

ROWS = [
    ("A1", "第 2 條", "本法所稱再生水，指經處理後可再利用之水。", "The term “reclaimed water” as used in this Act means water that can be used again after treatment."),
    ("A1", "第 9 條", "違反前條規定者，處新臺幣三萬元以上十五萬元以下罰鍰。", "Any person who violates the preceding article shall be punished with a fine between NT$30,000 and NT$150,000."),
    ("A1", "第 5 條", "申請人應於收受通知之次日起十日內補正。", "The applicant shall make corrections within ten days after receipt of the notice."),
    ("A1", "第 7 條", "前項辦法，由中央主管機關定之。", "The regulations referred to in the preceding paragraph shall be prescribed by the central competent authority."),
]  # fmt: skip
EXPECTED = {
    "reclaimed water": "经处理后可再利用之水",
    "fine": "三万元以上十五万元以下",
    "days": "十日",
    "regulations": "中央主管机关",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.tsv.xz"
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines("\t".join(row) + "\n" for row in ROWS)
    return path


def test_each_form_is_asked_for_and_answered_in_the_chinese_text(path: Path) -> None:
    found = translated(path, 10, 0)
    assert len(found) == len(ROWS)
    for word, answer in EXPECTED.items():
        said = [e.text[slice(*e.answers[0])] for e in found if word in e.question]
        assert any(answer in text for text in said), (word, said)


def test_no_more_of_a_rule_than_wanted(path: Path) -> None:
    assert translated(path, 0, 0) == []


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv.xz"
    path.write_bytes(b"no archive")
    with pytest.raises(TrainingDataError, match=r"pairs\.tsv\.xz"):
        translated(path, 1, 0)
