"""Numbered lists over several passages: whole, in order, and no more than the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import source
from tests.qa.reading import hit
from wenju.corpus.document import Passage
from wenju.qa.continuation import continued
from wenju.qa.engine import Engine
from wenju.qa.passage import view_of
from wenju.qa.ranker import CONSTANT, bundled
from wenju.qa.reader import RankedReader, Span

STYLES = ("({})", "{}、", "第{},")
NUMBERS = "一二三四五六七八九十"


def passages(texts: Sequence[str]) -> list[Passage]:
    """Passages of one document that follow one another."""
    first = hit("").passage
    return [replace(first, id=f"p{i}", position=i, text=text) for i, text in enumerate(texts)]


def numbered(passage: Passage) -> tuple[tuple[int, int], ...]:
    """What is longest of the lists of a passage; of a single item that item."""
    view = view_of(passage)
    found = [tuple(item.place for item in block.items) for block in view.lists]
    lines = (line for line in view.layout.lines if line.mark)
    last = len(passage.text.rstrip(" \n;。"))
    return max([*found, *(((line.body[0], min(line.body[1], last)),) for line in lines)], key=len)


def listed(cut: Sequence[Passage], at: int) -> Span:
    """The list of one of the passages as a span."""
    text = cut[at].text
    parts = numbered(cut[at])
    return Span(replace(hit(text), passage=cut[at]), parts[0][0], parts[-1][1], 1.0, parts)


def whole(texts: Sequence[str], at: int) -> list[str]:
    """All items, found from one of the passages."""
    cut = passages(texts)
    span = listed(cut, at)
    above, below = continued(span, lambda _: cut)
    return [s.hit.passage.text[a:b] for s in (*above, span, *below) for a, b in s.parts]


@given(st.sampled_from(STYLES), st.lists(st.integers(1, 4), min_size=1, max_size=4), st.data())
def test_a_list_is_whole_wherever_it_is_found(
    style: str, sizes: list[int], data: st.DataObject
) -> None:
    items = [f"提供第{i}件物品" for i in range(min(sum(sizes), 10))]
    lines = [f"{style.format(n)}{item};\n" for n, item in zip(NUMBERS, items, strict=False)]
    texts, done = [], 0
    for size in sizes:
        texts.append("".join(lines[done : done + size]))
        done += size
    texts = ["协会的职责:\n", *(t for t in texts if t), "其他事项另定。"]
    at = data.draw(st.integers(1, len(texts) - 2))
    assert whole(texts, at) == items


FIRST = "职责如下:\n(一)提供咨询;\n(二)受理投诉;"


@pytest.mark.parametrize(
    "then",
    [
        "(四)开展调解。",  # a number is missing
        "(一)另一份清单。",  # it begins anew
        "三、附则另定。",  # another style
        "本条例另有规定的,(三)除外。",  # other words stand between
        "本条例自公布之日起施行。",
    ],
)
def test_what_does_not_go_on_is_left_out(then: str) -> None:
    assert whole([FIRST, then], 0) == ["提供咨询", "受理投诉"]


def test_a_list_that_ends_in_its_passage_is_not_looked_for_elsewhere() -> None:
    cut = passages([FIRST + "\n以上职责不得转让。", "(三)开展调解。"])

    def never(_: str) -> list[Passage]:
        raise AssertionError

    assert continued(listed(cut, 0), never) == ([], [])
    assert continued(replace(listed(cut, 0), parts=()), never) == ([], [])


def test_only_the_parts_that_go_on_are_taken() -> None:
    texts = [FIRST, "(三)开展调解。\n第二条 会员应当:\n(一)缴纳会费;\n(二)遵守章程。"]
    assert whole(texts, 0) == ["提供咨询", "受理投诉", "开展调解"]
    above = "会员应当:\n(一)缴纳会费。\n职责如下:\n(一)提供咨询;"
    assert whole([above, "(二)受理投诉。"], 1) == ["提供咨询", "受理投诉"]


def test_every_item_is_cited_where_it_stands(engine: Engine) -> None:
    duties = [
        f"承担第{n}项工作,并就其进展每季度向理事会提交书面报告" + "说明情况" * 8 for n in NUMBERS
    ]
    lines = "\n".join(f"({n}){duty};" for n, duty in zip(NUMBERS, duties, strict=True))
    engine.add_sources([source(f"协会章程\n协会履行下列职责:\n{lines}\n", "charter.txt")])
    ranker = bundled("lexical")
    sure = {**ranker.calibration, CONSTANT: 9.0}  # what counts here is how far the list goes
    engine.answerer.reader = RankedReader(replace(ranker, calibration=sure))
    answer = engine.ask("协会履行哪些职责")
    assert [item.text for item in answer.items] == duties
    assert len({item.citation for item in answer.items}) > 1
    for item in answer.items:
        citation = answer.citations[item.citation]
        assert citation.quote[item.start : item.end] == item.text
        document = engine.library.document(citation.document_id)
        assert citation.original == document.source_text[citation.start : citation.end]
        assert any(a <= item.start and item.end <= b for a, b in citation.highlight)
