"""What the page says, in each language of the interface; Traditional Chinese is the default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of the page in one language; ``lang`` is its BCP 47 tag."""

    lang: str
    name: str
    tagline: str
    welcome: str
    empty_library: str
    placeholder: str
    ask: str
    clear: str
    examples_label: str
    examples: tuple[str, ...]
    searching: str
    sources: str
    sources_hint: str
    nearest: str
    nearest_hint: str
    not_answered: str
    reasons: Mapping[str, str]
    alternatives: str
    no_passages: str
    page: str
    original: str
    retrieval: str
    span: str
    took: str
    from_source: str
    trouble: str
    you: str
    held: str
    unexpected: str


ZH_HANT = Texts(
    lang="zh-Hant",
    name="問據",
    tagline="每個答案都是原文，逐字可查",
    welcome="輸入問題，這裡會從文件中找出作答的原文，並指出它在哪份文件、哪一段、哪幾個字。",
    empty_library="資料庫還是空的。請先執行 wenju add 加入檔案或資料夾，再回來提問。",
    placeholder="想從這些文件裡知道什麼？",
    ask="提問",
    clear="清除對話",
    examples_label="試試看",
    examples=(
        "生態型聯合體最高支持多少",
        "五個主賽道有哪些",
        "骨幹成林計劃的重點是什麼",
        "地價稅什麼時候繳",
        "临泽市卫生健康委员会要招聘多少人",
        "今天台北天氣如何",
    ),
    searching="正在文件中查找…",
    sources="出處",
    sources_hint="答案的出處會顯示在這裡，作答的字句會標亮。",
    nearest="相近的段落",
    nearest_hint="這些段落與問題相近，但不是答案。",
    not_answered="這些文件沒有回答這個問題",
    reasons={
        "not_supported": "最接近的段落也沒有說到這件事，因此不作答。",
        "nothing_retrieved": "文件裡找不到與問題有關的段落，因此不作答。",
        "answers_disagree": "文件裡有互相不同的說法，分不出哪一個才是答案，請看下面各段標亮的字句。",
    },
    alternatives="文件裡另有不同的說法",
    no_passages="沒有相近的段落。",
    page="第 {number} 頁",
    original="未修復的原文",
    retrieval="檢索分數",
    span="字句分數",
    took="{seconds} 秒",
    from_source="出自",
    trouble="這次沒有問成",
    you="你的問題",
    held="{documents} 份文件、{passages} 個段落",
    unexpected="發生預料之外的錯誤，伺服器的紀錄裡有詳情。請再問一次。",
)
