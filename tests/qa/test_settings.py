"""Settings: from the environment, checked, and nothing else taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from wenju.qa.settings import Settings

FIELDS = sorted(Settings.model_fields)


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in FIELDS:
        monkeypatch.delenv(f"WENJU_{field.upper()}", raising=False)


def test_what_is_set_where_nothing_is() -> None:
    settings = Settings()
    assert (settings.encoder, settings.reader) == ("embedded", "trained")
    assert settings.home.is_absolute() and settings.cache.is_absolute()
    assert settings.home != settings.cache
    assert settings.library_path == settings.home / "library.sqlite"
    assert settings.index_path == settings.home / "index"


def test_the_environment_sets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WENJU_HOME", str(tmp_path))
    monkeypatch.setenv("WENJU_PASSAGES_READ", "12")
    monkeypatch.setenv("WENJU_MIN_CONFIDENCE", "0.5")
    settings = Settings()
    assert (settings.home, settings.passages_read, settings.min_confidence) == (tmp_path, 12, 0.5)


def test_a_name_given_outright_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WENJU_HOME", "/elsewhere")
    assert Settings(home=tmp_path).home == tmp_path


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("passages_read", "0", "greater than or equal to 1"),
        ("passages_read", "many", "valid integer"),
        ("nearest", "-1", "greater than or equal to 0"),
        ("max_question_characters", "0", "greater than or equal to 1"),
        ("encoder", "", "at least 1 character"),
        ("reader", "oracle", "'trained' or 'lexical'"),
        ("min_confidence", "1.5", "less than or equal to 1"),
    ],
)
def test_a_bad_value_names_the_setting_and_what_was_expected(
    monkeypatch: pytest.MonkeyPatch, field: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"WENJU_{field.upper()}", value)
    with pytest.raises(ValidationError) as raised:
        Settings()
    (error,) = raised.value.errors()
    assert error["loc"] == (field,)
    assert error["input"] == value
    assert said in error["msg"]


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(ValidationError, match="passages_raed"):
        Settings.model_validate({"passages_raed": 3})


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().encoder = "other"


@pytest.mark.parametrize("field", FIELDS)
def test_every_setting_says_what_it_is(field: str) -> None:
    said = Settings.model_fields[field].description or ""
    assert len(said) > 20
    assert said.endswith(".")
