"""What a follow-up looks like: without what it opens and closes with, and by which marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenju.corpus.alternation import any_of
from wenju.corpus.script import is_han, to_simplified, to_traditional
from wenju.qa.conversation.topics import ASKING, is_aspect, is_noun, opens_predicate, seen, segments
from wenju.qa.names import tagged

_OPENING = re.compile(
    r"^(?:(?:好的?|谢谢|多谢|嗯|哦|请问|那么|那(?![里边儿个些天年次种样位家项时])|另外|然后|再问一下|再问|想问一?下?|我?想知道"
    r"|(?:and|so|but|ok(?:ay)?|(?:what|how) about|what of|thanks)\b)[\s,，、:：;；]*)+"
)
_CLOSING = re.compile(r"[\s?？。.!！,，~]*$")
_PARTICLE = re.compile("[呢啊呀吧]$")
_ABOUT = re.compile(r"那(?!么)|\b(?:and|(?:what|how) about|what of)\b")
_AGAIN = re.compile(
    r"(?:还有|还要)(?:没有)?(?:别的|其[他它]的?)?(?:吗|哪些|什么)?|(?:其[他它]|别)的?(?:有哪些)?|更多"
    r"|(?:what|anything|something) else|(?:any )?more"
)
_AROUND = re.compile(
    r"^(?:如果是?|要是|换成|换作|至于|关于|对于|换|(?:for|in|with|about) )?(?:the |an? )?"
    r"(?P<part>.+?)(?:的话|方面|的情况)?$"
)
_LONGEST_PART = 24
# what stands before a noun that is asked for: 需要什麼學歷 has its subject left out
_NEEDS = re.compile("(?:[还也都]|一共|总共)*(?:[要需得须应该能可会]|有?(?:几|多少))")
_MODAL = re.compile(r"^\w+(?: \w+)? (?:can|could|may|must|should|to|do|does|is|are|will) [a-z]+$")
# a title is a name, and small talk is about nothing that was said
_COMPLETE = re.compile("《.+》|[你您]|我们|今天|明天|现在")
# how these are asked for; 電話 or 地點 say it themselves
_ENDINGS = tuple(
    (re.compile(f".*{any_of(nouns)}"), ending)
    for nouns, ending in (
        ("运营时间 营运时间 营业时间 开放时间 服务时间 上班时间", "是几点"),
        ("时间 日期", "是什么时候"),
        (
            "费用 价格 票价 租金 押金 学费 规费 金额 额度 上限 下限 比例 数量 名额 人数 罚款 [^学]费 率 额",
            "是多少",
        ),
        ("条件 资格 材料 文件 证件 资料 对象", "有哪些"),
        ("负责人 联系人 联络人 发言人 主持人 召集人 作者 主任 主席 [^成生专增]长", "是谁"),
    )
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question without what it opens and closes with.

    ``folded`` has the length of ``text``; ``end`` is its question mark, empty after a 呢; ``about``
    says that it names something for the earlier question to be asked of (那…, …呢).
    """

    text: str
    folded: str
    end: str
    about: bool

    @classmethod
    def read(cls, question: str) -> FollowUp:
        """From the question as it was typed."""
        folded = seen(question)
        opening = _OPENING.match(folded)
        start = opening.end() if opening else 0
        body = _CLOSING.sub("", folded[start:])
        end = question[start + len(body) :].strip()
        about = bool(_ABOUT.search(folded[:start]))
        if _PARTICLE.search(body):
            body, end, about = body[:-1], "", True
        return cls(question[start : start + len(body)], body, end, about)

    @property
    def again(self) -> bool:
        """Whether only more of the same is asked for: 還有呢."""
        return bool(_AGAIN.fullmatch(self.folded))

    @property
    def part(self) -> str:
        """What the earlier question is to be asked of, empty where it asks something itself."""
        around = _AROUND.match(self.folded)
        if not around or ASKING.search(self.folded) or len(self.text) > _LONGEST_PART:
            return ""
        part = self.text[slice(*around.span("part"))]
        return part if self.about or is_aspect(seen(part)) else ""

    @property
    def elliptical(self) -> bool:
        """Whether it asks something and does not say of what."""
        asked = ASKING.search(self.folded)
        if not asked or _COMPLETE.search(self.folded) or self._of_an_event:
            return False
        named = [s for s in segments(self.folded) if any(map(is_noun, s))]
        if not any(map(is_han, self.folded)):
            # who can apply: of what, is left out
            return not named or (len(named) == 1 and bool(_MODAL.search(self.folded)))
        if _NEEDS.match(self.folded):
            named = [s for s in named if not 0 <= s[0][2] - asked.end() <= 2]
        return not named

    @property
    def _of_an_event(self) -> bool:
        """停水影響多少戶 and 停水期間設了幾處 are about 停水, though that is a verb."""
        first, *others = tagged(self.folded)
        event = first[1] == "v" and len(first[0]) > 1 and not opens_predicate(first[0])
        return (
            event and bool(others) and (others[0][1] in ("v", "vn", "f") and len(others[0][0]) > 1)
        )

    @property
    def opens_with_noun(self) -> bool:
        """電話是多少 takes a 的 behind what it is asked of, 在哪裡 takes none."""
        first = next(iter(tagged(self.folded)))
        return not ASKING.match(self.folded) and is_noun(first) and first[1] != "vn"


def asked_with(aspect: str, like: str) -> str:
    """What asks for an aspect, 是多少 for a fee, in the script that ``like`` is written in."""
    ending = next((e for nouns, e in _ENDINGS if nouns.fullmatch(seen(aspect))), "")
    return ending if like == to_simplified(like) else to_traditional(ending)
