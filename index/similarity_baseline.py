"""The cosine an encoder gives to texts that have nothing to do with each other.

Encoders differ widely here (0.1 for some, 0.8 for others), so a bare cosine says nothing. What a
passage's cosine exceeds the baseline by, as a share of what is left to 1, is comparable. The baseline
for two languages is lower than the baseline within one.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import numpy as np

from wenju.corpus.script import han_count
from wenju.index.database import UnwritableLibrary

if TYPE_CHECKING:
    from wenju.index.encoder import Encoder
    from wenju.index.library import Library

_SAMPLE = 120  # characters that tell what a text is written in

_QUESTIONS = (
    "颱風過後怎麼申請房屋補助？",
    "这种蘑菇能不能生吃？",
    "誰發明了顯微鏡？",
    "高铁儿童票怎么买？",
    "陶瓷釉料的燒成溫度是幾度？",
    "When does the night bus run?",
    "Who invented the microscope?",
    "How much is a child's ticket for the train?",
    "Which mushrooms are safe to eat raw?",
    "At what temperature is the glaze fired?",
)
_PASSAGES = (
    "圖書館二樓閱覽室每週一休館，其餘日子開放到晚上九點，學生憑證入場。",
    "该型卡车的最大载重为十八吨，油箱容量四百升，适合长途运输。",
    "這場足球賽在延長賽後以三比二結束，守門員獲選為全場最佳球員。",
    "小麦播种前应深翻土地，施足底肥，并选用抗倒伏的品种。",
    "河岸步道的施工將分三期進行，期間自行車請改走堤外便道。",
    "The orchestra rehearses on Thursdays and welcomes new viola players of any age.",
    "The lorry carries eighteen tonnes and its tank holds four hundred litres of fuel.",
    "After extra time the match ended three to two, and the goalkeeper was named best player.",
    "Before wheat is sown the soil should be ploughed deep and given plenty of manure.",
    "Work on the river path is done in three stages; cyclists use the outer road meanwhile.",
)


@dataclass(frozen=True, slots=True)
class SimilarityBaseline:
    """Mean cosines of texts that have nothing in common, by what they are written in."""

    han: float
    other: float
    across: float

    def above(self, cosine: float, question_han: bool, passage_han: bool) -> float:
        """What a cosine exceeds its baseline by, as a share of what is left to 1."""
        same = self.han if question_han else self.other
        baseline = same if question_han == passage_han else self.across
        return (cosine - baseline) / (1.0 - baseline)


def measure_baseline(encoder: Encoder) -> SimilarityBaseline:
    """Mean cosines over questions and passages of which none answers another; at least 0."""
    cosines = encoder.encode(_QUESTIONS, query=True) @ encoder.encode(_PASSAGES).T
    half = len(_QUESTIONS) // 2
    parts = (
        cosines[:half, :half],
        cosines[half:, half:],
        np.concatenate([cosines[:half, half:], cosines[half:, :half]]),
    )
    return SimilarityBaseline(*(round(float(np.clip(part.mean(), 0.0, 0.99)), 4) for part in parts))


def remembered_baseline(library: Library, encoder: Encoder) -> SimilarityBaseline:
    """The encoder's baseline, measured once for each library."""
    key = f"floors/{encoder.name}"
    known = library.remembered(key)
    if known is None:
        known = json.dumps(astuple(measure_baseline(encoder)))
        with suppress(UnwritableLibrary):  # it is measured again the next time
            library.remember(key, known)
    return SimilarityBaseline(*json.loads(known))


def is_han_text(text: str) -> bool:
    """Whether a text is mostly written in Han characters: two of them say as much as a word."""
    sample = text[:_SAMPLE]
    han = han_count(sample)
    if 3 * han > len(sample):
        return True  # whatever the other characters are
    return 2 * han > sum(c.isalpha() for c in sample) - han
