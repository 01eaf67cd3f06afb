"""What the page says, in each language of the interface; Traditional Chinese is the default.

The words of a language are in the file that has its BCP 47 tag for a name.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Final

from wenju.ui.texts.words import Texts

__all__ = ["EN", "LANGUAGES", "ZH_HANS", "ZH_HANT", "Texts", "choose"]


def _texts(lang: str) -> Texts:
    said = files("wenju.ui.texts").joinpath(f"{lang}.toml").read_text(encoding="utf-8")
    return Texts(**tomllib.loads(said))


ZH_HANT: Final = _texts("zh-Hant")
ZH_HANS: Final = _texts("zh-Hans")
EN: Final = _texts("en")
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
