from __future__ import annotations

import pytest
from pydantic import ValidationError

from wenju.corpus.allowance import Allowance
from wenju.corpus.errors import WenjuError
from wenju.qa.settings import Settings

NAMES = ("WENJU_READ_SECONDS", "WENJU_OCR_SECONDS", "WENJU_READ_MEMORY")


def test_by_default_and_by_the_environment() -> None:
    assert Allowance.from_environment({}) == Allowance(120, 3600, 2048)
    said = dict(zip(NAMES, ("0.5", " 7 ", "100"), strict=True))
    assert Allowance.from_environment(said) == Allowance(0.5, 7, 100)


@pytest.mark.parametrize("said", ["0", "-1", "much", "inf", "nan", "1e999"])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_such_number(name: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WenjuError, match=f"^{name} is '{said}'; expected a number above 0"):
        Allowance.from_environment({name: said})
    monkeypatch.setenv(name, said)
    with pytest.raises(ValidationError, match=name.removeprefix("WENJU_").lower()):
        Settings()


def test_settings_and_environment_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().allowance == Allowance.from_environment()
    for name, said in zip(NAMES, ("3", "4", "5"), strict=True):
        monkeypatch.setenv(name, said)
    assert Settings().allowance == Allowance.from_environment() == Allowance(3, 4, 5)
