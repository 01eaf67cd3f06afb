"""The bundled documents: what they say of themselves, and no more."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from wenju.corpus.build import build_document
from wenju.corpus.read import read_file

FIELDS = ("kind", "number", "issued", "effective", "expires", "amended", "repealed", "jurisdiction")
SAID: dict[str, tuple[str, dict[str, str]]] = {
    "bicycle.txt": (
        "2024-06-20",
        {
            "kind": "regulation",
            "number": "海府交字第1130051280號",
            "issued": "2024-06-20",
            "jurisdiction": "TW",
        },
    ),
    "briefing.txt": ("2024-06-20", {"kind": "press_conference"}),
    "bus.html": ("2025-06-12", {"kind": "notice", "issued": "2025-06-12"}),
    "childcare.md": ("2025-01-15", {"issued": "2025-01-15"}),
    "earthquake.md": ("2024-09-01", {"kind": "faq", "amended": "2024-09-01", "jurisdiction": "TW"}),
    "energy-grant.txt": ("2025-02-03", {"issued": "2025-02-03"}),
    "housing.pdf": (
        "2024-11-06",
        {"issued": "2024-11-06", "effective": "2025-01-01", "expires": "2029-12-31"},
    ),
    "meeting.txt": ("2023-12-08", {"issued": "2023-12-08", "jurisdiction": "CN"}),
    "pilot.txt": (
        "2025-02-26",
        {"kind": "notice", "number": "南科发〔2025〕18号", "issued": "2025-02-26"},
    ),
    "plan.docx": ("2025-01-22", {"issued": "2025-01-22"}),
    "press.txt": ("2024-05-16", {"kind": "press_conference", "jurisdiction": "CN"}),
    "recruitment.txt": (
        "2025-04-21",
        {"kind": "notice", "issued": "2025-04-21", "jurisdiction": "CN"},
    ),
    "subsidy.csv": ("", {}),
    "water.txt": (
        "2025-03-05",
        {
            "kind": "notice",
            "number": "海府水字第1140023567號",
            "issued": "2025-03-05",
            "jurisdiction": "TW",
        },
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_a_sample(name: str) -> None:
    (source,) = read_file(Path(str(files("wenju.corpus.samples"))) / name)
    document = build_document(source)
    day, said = SAID[name]
    found = {field: getattr(document.metadata, field) for field in FIELDS}
    assert {field: value for field, value in found.items() if value} == said
    assert document.date == day
