"""Units that measure the same, and what one is in the other: 一年 is twelve months, 1公里 1000米."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from wenju.corpus.values.value import Value

_DAY, _MONTH = Fraction(1), Fraction(365, 12)
# of each family its units, and what each is in the family's own
_FAMILIES: dict[str, dict[str, Fraction]] = {
    "day": {
        "秒 秒钟 second": _DAY / 86400, "分钟 minute": _DAY / 1440, "刻钟": _DAY / 96,
        "小时 钟头 hour h": _DAY / 24, "天 日 日历天 自然日 day": _DAY, "周 星期 礼拜 week": 7 * _DAY,
        "月 month": _MONTH, "季度": 3 * _MONTH, "年 year": 12 * _MONTH,
    },
    "working day": {"工作日 工作天": _DAY},
    "yuan": {"元 圆 块 块钱 人民币 元人民币 新台币 台币 元新台币 nt$ ¥ ¥ twd ntd cny rmb yuan": Fraction(1)},
    "age": {"岁 周岁": Fraction(1)},
    "metre": {
        "毫米 mm": Fraction(1, 1000), "厘米 公分 cm": Fraction(1, 100), "米 公尺 m": Fraction(1),
        "公里 千米 km": Fraction(1000),
    },
    "square metre": {
        "平方米 平方公尺 平方 ㎡": Fraction(1), "公顷": Fraction(10_000), "平方公里 平方千米": Fraction(10**6),
    },
    "cubic metre": {"立方米 立方公尺 立方": Fraction(1), "升 公升": Fraction(1, 1000)},
    "kilogram": {
        "克 公克 g": Fraction(1, 1000), "公斤 千克 kg": Fraction(1), "吨 公吨": Fraction(1000),
    },
    "kilowatt hour": {"千瓦时 kwh": Fraction(1)},
    "person": {"人 名 位": Fraction(1)},
}  # fmt: skip
_SCALES = {
    unit: (family, factor)
    for family, table in _FAMILIES.items()
    for units, factor in table.items()
    for unit in units.split()
}
_PLURAL = re.compile(r"(?<=[a-z]{3})s$")
Size = tuple[str, Fraction]
"""What a quantity measures, and how much of it."""


def size(value: Value) -> Size | None:
    """A quantity in the unit of its family; None where it has no one number or no unit.

    1年6个月 is the sum of its parts. A unit of no family measures only what is told in the same one.
    """
    if value.kind == "duration" and value.parts:
        parts = [size(part) for part in value.parts]
        told = [part for part in parts if part is not None]
        same = len(told) == len(parts) and len({family for family, _ in told}) == 1
        return (told[0][0], sum((s for _, s in told), Fraction())) if same else None
    return None if value.number is None else sized(value.number, value)


def sized(number: Decimal, value: Value) -> Size | None:
    """So many of the unit that a quantity is told in."""
    if not value.unit or value.kind in ("ordinal", "date"):
        return None
    unit = _PLURAL.sub("", value.unit)
    if unit not in _SCALES:
        unit = unit.removeprefix("个") or unit
    family, factor = _SCALES.get(unit, (unit, Fraction(1)))
    return family, Fraction(number) * factor
