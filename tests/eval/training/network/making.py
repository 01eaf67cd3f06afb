"""Examples made by hand, for tests of training."""

from __future__ import annotations

from tests.qa.network.small import base
from wenju.eval.training.network.gold import Example
from wenju.qa.network.inputs import Input, Reads

TEXTS = (
    "图书馆周一闭馆。图书馆有自习座位120席,读者凭证入座。座位先到先得,不得占座,违者由馆员劝离并登记在册。",
    "体育馆每天开放。体育馆有看台座位800席,观众对号入座。场内不得饮食,也不得携带宠物,违者由保安劝离出场。",
    "委员会设委员九人。委员由主管部门聘任,任期三年,可以连任一次。委员会每季度召开会议,会议由主任委员主持。",
    "申请人应当提交申请书。主管部门自受理之日起15日内作出决定,并书面通知申请人。逾期未作决定的,视为同意。",
)
_ASKED = (
    ("图书馆有多少席座位", 0, "120席"),
    ("图书馆哪天闭馆", 0, "周一"),
    ("体育馆有多少席座位", 1, "800席"),
    ("委员的任期是几年", 2, "三年"),
    ("委员会议由谁主持", 2, "主任委员"),
    ("15日内作出什么", 3, "决定"),
    ("申请人应当提交什么", 3, "申请书"),
)


def example(
    question: str, text: str, *answers: str, title: str = "", kind: str = "gold"
) -> Example:
    """An example whose answers are where its text first says them."""
    places = tuple((text.index(a), text.index(a) + len(a)) for a in answers)
    return Example(question, title, text, places, kind)


def examples() -> list[Example]:
    """Questions on the texts, each text with a title of its own."""
    return [example(q, TEXTS[i], a, title=f"公告{i}") for q, i, a in _ASKED]


class NotingReads(Reads):
    """Inputs, and what each was made of: question, head, passage."""

    def __init__(self) -> None:
        super().__init__(base().tokenizer)
        self.made: dict[int, tuple[str, str, str]] = {}

    def input(self, question: str, head: str, passage: str) -> Input:
        """As the base class; what it is made of is noted under the input's identity."""
        read = super().input(question, head, passage)
        self.made[id(read)] = (question, head, passage)
        return read
