"""The cosine an encoder gives to texts that have nothing to do with each other.

Encoders differ widely here (0.1 for some, 0.8 for others), so a bare cosine says nothing. What a
passage's cosine exceeds the floor by, as a share of what is left to 1, is comparable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from index.encoder import Encoder
    from index.library import Library

_QUESTIONS = (
    "颱風過後怎麼申請房屋補助？",
    "这种蘑菇能不能生吃？",
    "When does the night bus run?",
    "誰發明了顯微鏡？",
    "高铁儿童票怎么买？",
    "陶瓷釉料的燒成溫度是幾度？",
)
_PASSAGES = (
    "圖書館二樓閱覽室每週一休館，其餘日子開放到晚上九點，學生憑證入場。",
    "该型卡车的最大载重为十八吨，油箱容量四百升，适合长途运输。",
    "The orchestra rehearses on Thursdays and welcomes new viola players of any age.",
    "這場足球賽在延長賽後以三比二結束，守門員獲選為全場最佳球員。",
    "小麦播种前应深翻土地，施足底肥，并选用抗倒伏的品种。",
    "河岸步道的施工將分三期進行，期間自行車請改走堤外便道。",
)


def cosine_floor(encoder: Encoder) -> float:
    """Mean cosine over questions and passages of which none answers another; at least 0."""
    questions = encoder.encode(_QUESTIONS, query=True)
    passages = encoder.encode(_PASSAGES)
    return float(np.clip(np.mean(questions @ passages.T), 0.0, 0.99))


def remembered_floor(library: Library, encoder: Encoder) -> float:
    """The encoder's floor, measured once for each library."""
    key = f"floor/{encoder.name}"
    known = library.remembered(key)
    if known is None:
        known = f"{cosine_floor(encoder):.4f}"
        library.remember(key, known)
    return float(known)
