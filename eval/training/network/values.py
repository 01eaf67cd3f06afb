"""Invented names, dates and amounts that made-up notices are filled with. Folded texts only."""

from __future__ import annotations

import random

_PLACES = (
    "安 临 清 东 南 西 北 新 长 平 永 宁 青 云 海 江 泉 石 金 玉 龙 凤 怀 昌 嘉 德 兴 丰".split()
)
_ENDINGS = "川 阳 州 原 山 溪 口 宁 城 湾 陵 河 林 岭 水 港 浦 泽 门 平".split()
_FAMILY = "赵 钱 孙 李 周 吴 郑 王 冯 陈 卫 蒋 沈 韩 杨 朱 秦 许 何 吕 施 张 孔 曹 严 华 金 魏 陶 姜 谢 邹 柏 苏 潘 葛 范 彭 鲁 欧阳 司马 诸葛".split()
_GIVEN = "明 华 建国 志远 晓燕 雅婷 文博 淑芬 家豪 怡君 子涵 海涛 立群 思源 秀英 国栋 佩玲 俊杰 若兰 承志 春生 慧敏 振宇 月华 永康 静宜 伟民 丽娟".split()
_OFFICES = "教育 民政 农业农村 文化和旅游 体育 商务 交通运输 生态环境 城市管理 应急管理 水务 市场监督管理 医疗保障 统计 林业 档案 规划和自然资源 财政 人力资源".split()
_DIGITS = "零一二三四五六七八九十"


class Values:
    """Draws values of every kind from one source of chance."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw

    def one(self, of: str) -> str:
        """One of the words, which are parted by spaces."""
        return self.draw.choice(of.split())

    def place(self) -> str:
        """A town, county or district."""
        name = self.draw.choice(_PLACES) + self.draw.choice(_ENDINGS)
        return name + self.draw.choice("市市市县区镇")

    def body(self, place: str) -> str:
        """An office of the place."""
        kind = self.draw.choice(("局", "局", "局", "委员会", "处"))
        short = self.draw.choice((place, place, place[-1]))
        return short + self.draw.choice(_OFFICES) + kind

    def person(self) -> str:
        """A full name."""
        return self.draw.choice(_FAMILY) + self.draw.choice(_GIVEN)

    def phone(self) -> str:
        """A telephone number as notices write it."""
        area, number = self.draw.randint(10, 999), self.draw.randint(200, 899)
        rest = f"{self.draw.randint(0, 9999):04}"
        return self.draw.choice(
            (f"0{area}-{number}{rest}", f"(0{area % 90}){number}-{rest}", f"{number}{rest}")
        )

    def day(self) -> str:
        """A date, with or without its year, of either calendar."""
        day = f"{self.draw.randint(1, 12)}月{self.draw.randint(1, 28)}日"
        year = self.draw.choice(
            (f"{self.draw.randint(2018, 2028)}年", f"{self.draw.randint(107, 117)}年", "")
        )
        return (
            year + day + self.draw.choice(("", "", "", "上午9时", "下午2:30", "(星期六)", "17时"))
        )

    def fee(self) -> str:
        """A small amount of money."""
        some = self.draw.choice((20, 30, 50, 80, 100, 120, 150, 200, 300, 500, 600, 1000, 1200))
        return self.draw.choice(("", "", "", "新台币", "每人")) + f"{some}元"

    def money(self) -> str:
        """An amount of money."""
        some = self.draw.choice(
            (5, 8, 10, 12, 15, 20, 30, 45, 50, 60, 80, 100, 150, 200, 300, 500, 800)
        )
        many = self.draw.choice(
            (f"{some}万元", f"{some}元", f"{some * 100}元", f"{some},000元", f"{some / 10:g}亿元")
        )
        return self.draw.choice(("", "", "", "", "新台币", "人民币")) + many

    def span(self) -> str:
        """A length of time."""
        some = self.draw.choice((2, 3, 5, 6, 7, 10, 12, 15, 20, 30, 45, 60, 90))
        word = _DIGITS[some] if some <= 10 and self.draw.random() < 0.3 else str(some)
        return word + self.one("日 天 个工作日 个月 年 小时 周")

    def count(self, unit: str) -> str:
        """A number of something."""
        return f"{self.draw.randint(2, 480)}{unit}"

    def share(self) -> str:
        """A part of a whole."""
        some = self.draw.randint(3, 95)
        return self.draw.choice((f"{some}%", f"{some}%", f"百分之{some}", "三分之一", "二分之一"))
