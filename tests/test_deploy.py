"""Files of ``deploy/`` name what there is: settings, services, files that are copied, routes, users."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from tests.test_architecture import ROOT
from tests.ui.conftest import make_engine
from wenju.qa.settings import Settings
from wenju.ui.access.keys import key_ring
from wenju.ui.access.policy import Policy
from wenju.ui.server import background_server

DEPLOY = ROOT / "deploy"
KEY = "a-word-long-enough"


def compose(name: str) -> dict[str, Any]:
    """A compose file, with a word for whatever is taken from the environment."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    text = re.sub(r"\$\{\w+:[?-][^}]*\}", KEY, text)
    assert "${" not in text
    read: dict[str, Any] = yaml.safe_load(text)
    return read


@pytest.mark.parametrize("name", ["compose.yaml", "compose.distributed.yaml"])
def test_services_are_set_up_by_what_there_is(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = compose(name)
    services = read["services"]
    for key, value in services["wenju"]["environment"].items():
        assert key.removeprefix("WENJU_").lower() in Settings.model_fields, key
        monkeypatch.setenv(key, value)
    assert [k.get_secret_value() for k in Settings().write_keys] == [KEY]
    for service in services.values():
        assert {*service.get("depends_on", ())} <= {*services}
        for volume in service.get("volumes", ()):
            assert volume.partition(":")[0] in read["volumes"], volume
        for config in service.get("configs", ()):
            assert config["source"] in read["configs"]
        if "build" not in service:
            image = service["image"]
            assert re.fullmatch(r"[\w/]+:v?\d[\w.]*", image), f"{image} has no fixed version"
    build = services["wenju"]["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT.resolve()
    assert (ROOT / build["dockerfile"]).is_file()
    assert all(port.startswith("127.0.0.1:") for port in services["wenju"]["ports"])


def test_nodes_that_share_name_each_others_services(monkeypatch: pytest.MonkeyPatch) -> None:
    services = compose("compose.distributed.yaml")["services"]
    for key, value in services["wenju"]["environment"].items():
        monkeypatch.setenv(key, value)
    settings = Settings()
    for address in (settings.store, settings.database.get_secret_value()):
        host = re.split(r"[/@:]+", address.partition("://")[2])
        assert {*host} & {*services}, address
    assert settings.database != SecretStr("")
    assert {*services["wenju"]["depends_on"]} == {"postgres", "milvus"}
    assert "distributed" in services["wenju"]["build"]["args"]["EXTRAS"].split(",")


def steps(name: str = "Dockerfile") -> Iterator[tuple[str, str]]:
    """The instructions of a Dockerfile with what follows each."""
    lines = (DEPLOY / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    for line in lines:
        if line.strip() and not line.startswith("#"):
            instruction, _, rest = line.partition(" ")
            yield instruction, " ".join(rest.split())


def test_the_image_has_all_of_the_product_and_nothing_else() -> None:
    copied = [words.split()[:-1] for step, words in steps() if step == "COPY"]
    names = [name for words in copied for name in words if words[0] != "--from=build"]
    assert [name for name in names if not (ROOT / name).exists()] == []
    folders = {p.name for p in ROOT.iterdir() if (p / "__init__.py").is_file()} - {"tests"}
    assert folders <= {*names}
    let_in = (ROOT / ".dockerignore").read_text().splitlines()
    assert let_in[0] == "*"
    assert {line[1:] for line in let_in if line.startswith("!")} == {*names}


def test_the_image_runs_without_rights_and_network() -> None:
    made = [*steps()]
    stage = made[max(n for n, (step, _) in enumerate(made) if step == "FROM") :]
    last = dict(stage)
    assert last["USER"].isdecimal() and int(last["USER"]) > 0
    (folder,) = re.findall(r"WENJU_HOME=(\S+)", last["ENV"])
    assert last["VOLUME"] == folder == "/library"
    assert any(folder in words for step, words in stage if step == "RUN")
    for name in re.findall(r"WENJU_(\w+)=", last["ENV"]):
        assert name.lower() in Settings.model_fields
    command = json.loads(last["CMD"])
    assert command[:2] == ["wenju", "serve"] and "--no-key" not in command
    (checked,) = re.findall(r"CMD (\[.*\])$", last["HEALTHCHECK"])
    script = json.loads(checked)[1]
    assert any(words.endswith(script) for step, words in stage if step == "COPY")
    assert {step for step, _ in stage} >= {"EXPOSE", "STOPSIGNAL"}


@pytest.mark.slow
def test_the_health_check_tells_a_server_that_answers(tmp_path: Path) -> None:
    def checked(port: str, **keys: str) -> int:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("WENJU_")}
        command = [sys.executable, str(DEPLOY / "healthcheck.py"), port]
        return subprocess.run(command, env=kept | keys, capture_output=True).returncode

    policy = Policy(keys=key_ring([KEY], [KEY + "-too"]))
    with make_engine(tmp_path / "home") as engine, background_server(engine, policy) as address:
        port = address.rpartition(":")[2]
        assert checked(port, WENJU_READ_KEYS=KEY) == 0
        assert checked(port, WENJU_READ_KEYS="", WENJU_WRITE_KEYS=f"{KEY}-too,other") == 0
        assert checked(port) == 1
    assert checked(port, WENJU_READ_KEYS=KEY) == 1


def unit() -> dict[str, list[str]]:
    """What the unit says, by name."""
    said: dict[str, list[str]] = {}
    for line in (DEPLOY / "wenju.service").read_text(encoding="utf-8").splitlines():
        if re.match(r"\w+=", line):
            name, _, value = line.partition("=")
            said.setdefault(name, []).append(value)
    return said


def test_the_unit_is_closed_and_names_settings_that_there_are() -> None:
    said = unit()
    named = re.findall(r"WENJU_(\w+)=", " ".join(said["Environment"]))
    named += re.findall(r"^#?WENJU_(\w+)=", (DEPLOY / "wenju.env").read_text(), re.M)
    assert {name.lower() for name in named} <= {*Settings.model_fields}
    assert said["User"] == ["wenju"] and said["ProtectSystem"] == ["strict"]
    assert said["NoNewPrivileges"] == said["ProtectHome"] == said["PrivateTmp"] == ["yes"]
    (state,) = said["StateDirectory"]
    assert f"WENJU_HOME=/var/lib/{state}" in said["Environment"][0]
    assert int(said["TimeoutStopSec"][0]) > Settings.model_fields["stop_timeout"].default


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    text = (DEPLOY / "wenju.service").read_text(encoding="utf-8")
    command = unit()["ExecStart"][0].split()[0]
    copy = tmp_path / "wenju.service"
    copy.write_text(text.replace(command, sys.executable), encoding="utf-8")
    done = subprocess.run([program, "verify", str(copy)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "wenju.service" not in done.stderr, done.stderr  # of a name or value that it passes over


def test_the_constraint_is_the_locked_pytorch() -> None:
    (cpu,) = re.findall(r"^torch==([\d.]+)\+cpu;", (DEPLOY / "cpu.txt").read_text(), re.M)
    assert f"\ntorch=={cpu}\n" in (ROOT / "requirements.lock").read_text()
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    for name in re.findall(r"deploy/[\w.]+\w", page):
        assert (ROOT / name).is_file(), name


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_installs_with_uv_where_that_is_asked_for(tmp_path: Path) -> None:
    def told(**more: str) -> str:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("UV_", "MAKE", "MFLAGS"))}
        command = ["make", "--dry-run", "setup", f"VENV={tmp_path / 'venv'}"]
        done = subprocess.run(command, cwd=ROOT, env=kept | more, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    plain, uv = told(), told(UV_TORCH_BACKEND="cpu")
    assert (
        "pip install --quiet --disable-pip-version-check --use-pep517 -r requirements.lock" in plain
    )
    assert "bin/uv pip install" in uv and "-r requirements.lock" in uv and "bin/uv" not in plain
