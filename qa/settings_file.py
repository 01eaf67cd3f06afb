"""The file of settings, ``wenju.toml``: where it is, and what it sets; and where each setting comes from."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, Final, Literal

from platformdirs import user_config_path
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource
from pydantic_settings.sources import InitSettingsSource

from wenju.corpus.errors import WenjuError

VARIABLE: Final = "WENJU_CONFIG"
"""The environment variable that names another file."""
_PATHS: Final = frozenset({"home", "cache", "variants", "statute_names"})
Origin = Literal["option", "environment", "file", "default"]


class SettingsFileError(WenjuError):
    """The file of settings cannot be used."""


def settings_file() -> Path:
    """Where the file is looked for; it need not be there."""
    given = os.environ.get(VARIABLE, "")
    if given:
        return Path(given).expanduser().absolute()
    return user_config_path("wenju", appauthor=False) / "wenju.toml"


def read_settings() -> dict[str, Any]:
    """What the file sets by name, its paths taken from its own folder; empty where there is none.

    Raises SettingsFileError for a file that cannot be read, or one that was named and is not there.
    """
    path = settings_file()
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if os.environ.get(VARIABLE):
            raise SettingsFileError(
                f"{path}, which {VARIABLE} names, is not there: make it, or unset {VARIABLE}."
            ) from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsFileError(
            f"The settings in {path} cannot be read ({error}); expected is a file of TOML, with lines "
            "such as passages_read = 8."
        ) from None
    return {name: _placed(name, value, path.parent) for name, value in said.items()}


def _placed(name: str, value: object, folder: Path) -> object:
    if name in _PATHS and isinstance(value, str):
        return str(folder / Path(value).expanduser())
    return value


class SettingsFileSource(InitSettingsSource):
    """The file as a source of settings."""

    def __init__(self, settings: type[BaseSettings]) -> None:
        super().__init__(settings, read_settings())


def sources(
    settings: type[BaseSettings],
    given: PydanticBaseSettingsSource,
    environment: PydanticBaseSettingsSource,
) -> tuple[PydanticBaseSettingsSource, ...]:
    """Where settings come from: what the program gives, the environment, the file; the first that has one.

    A home that is given outright is the place of a library of its own, wherever the environment says that
    others lie.
    """
    own = {"store": "embedded", "database": ""}
    if isinstance(given, InitSettingsSource) and "home" in given.init_kwargs:
        given = InitSettingsSource(settings, own | given.init_kwargs)
    return given, environment, SettingsFileSource(settings)


def origins(names: Iterable[str], options: Collection[str] = ()) -> dict[str, Origin]:
    """Where the value of each setting comes from; ``options`` are those that the program gave."""
    file, set_ = read_settings(), {variable.upper() for variable in os.environ}

    def origin(name: str) -> Origin:
        if name in options:
            return "option"
        if f"WENJU_{name.upper()}" in set_:
            return "environment"
        return "file" if name in file else "default"

    return {name: origin(name) for name in names}
