"""What the page says, in each language of the interface; Traditional Chinese is the default."""

from __future__ import annotations

from typing import Final

from wenju.ui.texts.en import EN
from wenju.ui.texts.words import Texts
from wenju.ui.texts.zh_hans import ZH_HANS
from wenju.ui.texts.zh_hant import ZH_HANT

__all__ = ["EN", "LANGUAGES", "ZH_HANS", "ZH_HANT", "Texts", "choose"]

LANGUAGES: Final = {texts.lang.lower(): texts for texts in (ZH_HANT, ZH_HANS, EN)}
"""The languages by the names they have in addresses."""

_SIMPLIFIED = ("zh-hans", "zh-cn", "zh-sg", "zh-my")


def choose(accepted: str) -> Texts:
    """The language for an ``Accept-Language`` header: the first that is spoken, by weight."""
    for tag in _by_weight(accepted):
        if tag.startswith(_SIMPLIFIED):
            return ZH_HANS
        if tag.startswith("zh"):
            return ZH_HANT
        if tag.startswith("en"):
            return EN
    return ZH_HANT


def _by_weight(accepted: str) -> list[str]:
    """Language tags in lower case, the most wanted first (RFC 9110, 12.5.4)."""
    wanted: list[tuple[float, str]] = []
    for part in accepted.lower().split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((float(weight or 1), tag.strip()))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(wanted, key=lambda w: -w[0]) if weight > 0]
