"""The compose file names what there is: settings, services, volumes, and addresses that fit together."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from tests.test_architecture import ROOT
from wenju.qa.settings import Settings

FILE = ROOT / "deploy" / "compose.distributed.yaml"


@pytest.fixture
def compose() -> dict[str, Any]:
    """The file, with a word for whatever is taken from the environment."""
    text = re.sub(r"\$\{\w+:[?-][^}]*\}", "a-word-long-enough", FILE.read_text(encoding="utf-8"))
    assert "${" not in text
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def test_the_node_is_set_up_by_settings_that_there_are(
    compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    node = compose["services"]["wenju"]
    for name, value in node["environment"].items():
        assert name.removeprefix("WENJU_").lower() in Settings.model_fields, name
        monkeypatch.setenv(name, value)
    settings = Settings()
    stores = {settings.store, settings.database.get_secret_value()}
    for address in stores:
        host = re.split(r"[/@:]+", address.partition("://")[2])
        assert {*host} & {*compose["services"]}, address
    assert settings.database != SecretStr("")


def test_services_and_volumes_are_there(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for name, service in services.items():
        assert {*service.get("depends_on", ())} <= {*services}, name
        for volume in service.get("volumes", ()):
            assert volume.partition(":")[0] in compose["volumes"], volume
        for config in service.get("configs", ()):
            assert config["source"] in compose["configs"]
        if image := service.get("image"):
            assert re.fullmatch(r"[\w/]+:v?\d[\w.]*", image), f"{image} has no fixed version"
    assert {*services["wenju"]["depends_on"]} == {"postgres", "milvus"}


def test_the_image_is_built_of_files_that_there_are(compose: dict[str, Any]) -> None:
    build = compose["services"]["wenju"]["build"]
    folder = (FILE.parent / build["context"]).resolve()
    assert folder == ROOT.resolve()
    for name in re.findall(r"-r (\S+)", build["dockerfile_inline"]):
        assert (folder / name).is_file()
