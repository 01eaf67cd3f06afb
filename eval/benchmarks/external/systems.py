"""Other systems: what is installed of each, where, and how its worker is run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from wenju.corpus.errors import WenjuError

_LAST_LINES = 5
# neither reports its use nor asks a hub for models, where their own defaults would
_QUIET = {"HAYSTACK_TELEMETRY_ENABLED": "False", "HF_HUB_OFFLINE": "1"}


class OthersError(WenjuError):
    """Another system could not be installed or asked; the sentence ends with what it said last."""


@dataclass(frozen=True, slots=True)
class System:
    """Another system in one version, all that is installed for it, and the worker that asks it.

    ``requirements`` are installed as they are listed and nothing with them.
    """

    name: str
    version: str
    requirements: tuple[str, ...]
    worker: Path

    @property
    def called(self) -> str:
        """What it is called in tables and errors."""
        return f"{self.name} {self.version}"


def _beside(name: str) -> Path:
    return Path(__file__).with_name(name)


# Only what their keyword search imports: the rest would be some gigabytes (PyTorch, clients of
# language models), and what they find is the same with it.
SYSTEMS = (
    System(
        name="haystack",
        version="3.4.1",
        requirements=(
            "haystack-ai==3.4.1",
            "certifi==2026.10.18",
            "charset-normalizer==3.5.2",
            "distro==1.9.0",
            "filetype==1.2.0",
            "httpx==0.28.1",
            "idna==3.20",
            "lazy-imports==1.2.0",
            "networkx==3.6.1",
            "numpy==2.4.6",
            "posthog==7.91.1",
            "pydantic==2.14.3",
            "pydantic-core==2.50.4",
            "python-dateutil==4.0.0",
            "PyYAML==6.0.3",
            "requests==2.34.2",
            "typing-extensions==4.16.0",
            "typing-inspection==0.4.5",
            "urllib3==2.8.0",
        ),
        worker=_beside("haystack_worker.py"),
    ),
    System(
        name="txtai",
        version="9.14.0",
        requirements=(
            "txtai==9.14.0",
            "msgpack==1.2.4",
            "numpy==2.4.6",
            "PyYAML==6.0.3",
            "regex==2026.11.15",
            "tqdm==4.70.1",
        ),
        worker=_beside("txtai_worker.py"),
    ),
)


def environment(system: System, folder: Path) -> Path:
    """The Python of the system's own environment below the folder, which is made at first use.

    One that was not finished, or was made for other requirements or by another Python, is made
    anew. Raises OthersError where that fails.
    """
    home = folder / f"{system.name}-{system.version}"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    complete, made_of = home / "complete", "\n".join([sys.version, *system.requirements])
    failed = f"{system.called} could not be installed in {home}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{home}.lock"):
            if not complete.is_file() or complete.read_text(encoding="utf-8") != made_of:
                run([sys.executable, "-m", "venv", "--clear", str(home)], failed)
                pip = [str(python), "-I", "-m", "pip", "--disable-pip-version-check", "install"]
                command = [*pip, "--no-deps", *system.requirements]
                run(command, f"{failed}; pip must reach a package index")
                complete.write_text(made_of, encoding="utf-8")
    except OSError as error:
        raise OthersError(f"{failed}: {error}") from None
    return python


def run(command: Sequence[str], failed: str) -> None:
    """Run it to its end; raises OthersError with ``failed`` and the last lines of its output."""
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **_QUIET},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise OthersError(f"{failed}: {error}") from None
    if done.returncode:
        said = done.stdout.strip().splitlines()[-_LAST_LINES:] or [f"exit code {done.returncode}"]
        raise OthersError("\n  ".join([f"{failed}. It ended with:", *said]))
