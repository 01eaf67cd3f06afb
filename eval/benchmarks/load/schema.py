"""Any request that the API's description allows, and many that it does not, by schemathesis."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from wenju.corpus.errors import WenjuError
from wenju.eval.benchmarks.load.served import served

_FAILED = re.compile(r"^- (.+)$", re.M)
_PATIENCE = 60  # seconds for one answer: slowness is measured elsewhere
_CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance"
)


class NoSchemathesis(WenjuError):
    """The program that makes the requests is not there."""


def program() -> str | None:
    """Where schemathesis is: beside this Python, or on the path."""
    beside = Path(sys.executable).with_name("schemathesis")
    return str(beside) if beside.exists() else shutil.which("schemathesis")


def run(home: Path, requests: int) -> dict[str, Any]:
    """How many requests were made at most, and what was not as it is described.

    Raises NoSchemathesis where it is not installed: it is no dependency of the project.
    """
    found = program()
    if found is None:
        raise NoSchemathesis(
            "schemathesis is not installed: install it in any environment (pip install schemathesis) "
            "and put its folder on PATH."
        )
    with served(home) as server:
        command = [
            *(found, "run", f"{server.address}/openapi.json", "--checks", _CHECKS),
            *(
                "--phases",
                "examples,coverage,fuzzing,stateful",
                "--max-examples",
                str(_each(requests)),
            ),
            *(
                "--seed",
                "1",
                "--no-color",
                "--continue-on-failure",
                "--generation-database",
                "none",
            ),
            *("--header", "Host: localhost", "--suppress-health-check", "all"),
            *("--request-timeout", str(_PATIENCE)),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return {
        "requests_at_most": requests,
        "exit_code": done.returncode,
        "failed": sorted({*_FAILED.findall(done.stdout)}),
        "said": done.stdout[-4000:],
    }


def _each(requests: int) -> int:
    """Examples of each operation, of which there are some 17, in two phases."""
    return max(1, requests // 34)
