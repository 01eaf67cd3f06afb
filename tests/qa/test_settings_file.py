"""The file of settings: below the environment, above what is set where nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.ui.conftest import Run, object_of
from tests.ui.conftest import wenju as wenju  # noqa: PLC0414 - a fixture
from wenju.qa.settings import Settings
from wenju.qa.settings_file import SettingsFileError, origins


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "etc" / "wenju.toml"
    path.parent.mkdir()
    path.write_text(
        'home = "library"\npassages_read = 9\nallowed_hosts = ["a.example", "b.example"]\n'
    )
    monkeypatch.setenv("WENJU_CONFIG", str(path))
    monkeypatch.delenv("WENJU_HOME", raising=False)
    return path


def test_the_file_sets_and_the_environment_wins(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings()
    assert settings.home == file.parent / "library"  # from its own folder
    assert (settings.passages_read, settings.allowed_hosts) == (9, ("a.example", "b.example"))
    monkeypatch.setenv("WENJU_PASSAGES_READ", "4")
    assert Settings().passages_read == 4 and Settings(passages_read=2).passages_read == 2
    assert origins(["passages_read"]) == {"passages_read": "environment"}
    assert origins(["home", "nearest"]) == {"home": "file", "nearest": "default"}
    assert origins(["home"], {"home"}) == {"home": "option"}


def test_an_unknown_name_is_refused(file: Path) -> None:
    file.write_text("passages_reed = 9")
    with pytest.raises(ValidationError, match="passages_reed"):
        Settings()


@pytest.mark.parametrize("said", ["home = [", "\ud800"])
def test_what_is_no_toml_is_a_sentence(file: Path, said: str) -> None:
    file.write_text(said, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(SettingsFileError, match=r"wenju\.toml cannot be read .*TOML"):
        Settings()


def test_a_file_that_was_named_and_is_gone_is_told(file: Path) -> None:
    file.unlink()
    with pytest.raises(SettingsFileError, match="which WENJU_CONFIG names, is not there"):
        Settings()


def test_the_command_shows_each_setting_with_its_origin(
    wenju: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENJU_WRITE_KEYS", "a-secret-0123456789")
    said = object_of(wenju("config", "--json"))
    found = {one["name"]: (one["value"], one["origin"]) for one in said["settings"]}
    assert found.keys() == Settings.model_fields.keys() and said["exists"]
    assert found["passages_read"] == (9, "file")
    assert found["nearest"] == (3, "default")
    assert found["write_keys"] == ("1 keys", "environment")
    shown = wenju("config").stdout
    assert "a-secret" not in shown and str(file) in shown and "a.example, b.example" in shown


def test_a_bad_value_is_told_with_its_file(wenju: Run, file: Path) -> None:
    file.write_text("passages_read = 0")
    result = wenju("list")
    assert result.exit_code == 2 and f"passages_read = 0 in {file}" in result.stderr
