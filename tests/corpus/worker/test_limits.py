"""The limits of a process, and what of them other programs and recognition get."""

from __future__ import annotations

import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from tests.corpus.formats.test_legacy import letter, needs_office, saved
from tests.corpus.formats.test_ocr import needs_ocr
from wenju.corpus.allowance import Allowance
from wenju.corpus.errors import ReadError
from wenju.corpus.read import read
from wenju.corpus.readers import read_here
from wenju.corpus.worker.pool import Workers

ROOT = Path(__file__).parents[3]
USED = """
import time
from wenju.corpus import limits
from wenju.corpus.allowance import Allowance
def compute():
    begun = time.process_time()
    while time.process_time() < begun + 0.5:
        pass
told = []
"""


def ended(code: str) -> int:
    """With what a process ends that runs this."""
    return subprocess.run([sys.executable, "-c", USED + code], cwd=ROOT).returncode


def test_time_that_is_used_up_ends_the_process() -> None:
    begin = "limits.begin(Allowance(0.2, 60, 2000), lambda: told.append(1))\n"
    assert ended(f"{begin}compute()") == -signal.SIGPROF
    assert ended(f"{begin}limits.end(); compute(); assert not told") == 0


def test_recognition_gets_time_of_its_own_once() -> None:
    begin = "limits.begin(Allowance(0.2, {}, 2000), lambda: told.append(1))\nlimits.recognition()\n"
    assert ended(f"{begin.format(60)}compute(); assert told == [1]") == 0
    again = "for _ in range(20):\n    compute()\n    limits.recognition()\n"
    assert ended(begin.format(2) + again) == -signal.SIGPROF
    assert ended("limits.recognition(); compute()") == 0  # where nothing is limited


@pytest.mark.skipif(sys.platform != "linux", reason="kept on Linux")
def test_memory_is_refused_and_then_given_again() -> None:
    code = """
limits.begin(Allowance(60, 60, 100), lambda: None)
assert len(bytearray(50 * 2**20))
try:
    bytearray(200 * 2**20)
except MemoryError:
    pass
else:
    raise SystemExit("it was given")
with limits.lifted():
    bytearray(200 * 2**20)
try:
    bytearray(200 * 2**20)
except MemoryError:
    limits.end()
    bytearray(200 * 2**20)
    raise SystemExit(7)
"""
    assert ended(code) == 7


@pytest.mark.slow
@needs_office
def test_a_program_that_converts_is_not_bound_by_the_memory(
    tmp_path: Path, workers: Workers
) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes(saved(tmp_path, letter(), ".docx", ".doc", "doc:MS Word 97"))
    found = read(path, allowance=Allowance(600, 600, 200))  # it takes several times as much
    assert found == read_here(path, path.name, "")


@pytest.mark.slow
@needs_ocr
def test_a_picture_is_read_as_in_this_process(tmp_path: Path, workers: Workers) -> None:
    from PIL import Image, ImageDraw, ImageFont

    picture, file = Image.new("RGB", (900, 200), "white"), BytesIO()
    font = ImageFont.load_default(60)
    ImageDraw.Draw(picture).text((40, 60), "NOTICE 2024", fill="black", font=font)
    picture.save(file, "png")
    path = tmp_path / "a.png"
    path.write_bytes(file.getvalue())
    found = read(path, allowance=Allowance())
    assert "2024" in found.sources[0].text
    assert found == read_here(path, path.name, "")
    with pytest.raises(ReadError, match=r"^a\.png took .* set WENJU_OCR_SECONDS higher"):
        read(path, allowance=Allowance(600, 0.05, 2048))
