"""How long reading takes, and how much room: ``python -m wenju.eval.benchmarks.reading``. Measures, never asserts.

Files of two sizes, the larger twice the smaller, are made and read, each in a process of its own. Where
reading takes time and room in proportion to a file's size, both columns of growth are about 2.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

_SENTENCE = "本辦法依據相關法令訂定，主管機關應於{0}年3月31日前公告補助項目及金額{1}萬元。"
_MEGABYTE = 1_000_000
_TIMES = 2  # the larger file is so many times as large

Make = Callable[[float], bytes]
"""Makes a file of so many times its usual size."""


def _sentences(count: int) -> str:
    return "".join(_SENTENCE.format(100 + i % 20, i) for i in range(count))


def pdf(times: float) -> bytes:
    """Printed pages, 300 of them: forty lines of running text each, page numbers and a running head."""
    count = max(1, int(300 * times))
    objects = [
        "<< /Type /Font /Subtype /Type0 /BaseFont /MSung /Encoding /UniCNS-UTF16-H"
        " /DescendantFonts [2 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /MSung /DW 1000 /FontDescriptor 3 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (CNS1) /Supplement 0 >> >>",
        "<< /Type /FontDescriptor /FontName /MSung /Flags 6 /FontBBox [0 -200 1000 900]"
        " /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 800 /StemV 80 >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(count))}]"
        f" /Count {count} >>",
        "<< /Type /Catalog /Pages 4 0 R >>",
    ]
    for number in range(count):
        text = _sentences(40)
        lines = [
            "某市公報",
            *(text[i : i + 40] for i in range(0, 40 * 40, 40)),
            f"第{number + 1}頁",
        ]
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in lines)
        content = f"BT /F1 11 Tf 17 TL 60 790 Td\n{shown}ET"
        objects.append(
            "<< /Type /Page /Parent 4 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 1 0 R >> >> /Contents {7 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    written, offsets = [b"%PDF-1.4\n"], []
    length = len(written[0])
    for number, held in enumerate(objects, 1):
        offsets.append(length)
        written.append(f"{number} 0 obj\n{held}\nendobj\n".encode("ascii"))
        length += len(written[-1])
    places = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{places}trailer << /Size {size} /Root 5 0 R >>\n"
    return b"".join([*written, f"{end}startxref\n{length}\n%%EOF\n".encode("ascii")])


def html(times: float) -> bytes:
    """Two megabytes of a page: paragraphs in divisions within each other, and tables."""
    pieces, size, number = [], 0, 0
    while size < 2 * _MEGABYTE * times:
        rows = "".join(
            f"<tr><td>第{number}-{r}處</td><td>{r * 7}</td><td>2024年{r % 12 + 1}月</td></tr>"
            for r in range(40)
        )
        pieces.append(
            f"{'<div>' * 12}<h2>第{number}節</h2><p>{_sentences(6)}</p>{'</div>' * 12}"
            f"<table><tr><th>地點</th><th>件數</th><th>完成時間</th></tr>{rows}</table>"
        )
        size += len(pieces[-1].encode())
        number += 1
    return f"<html><head><title>公報</title></head><body>{''.join(pieces)}</body></html>".encode()


def markdown(times: float) -> bytes:
    """Two megabytes of notes: headings, paragraphs, lists and tables."""
    pieces, size, number = [], 0, 0
    while size < 2 * _MEGABYTE * times:
        rows = "\n".join(
            f"| 第{number}-{r}處 | {r * 7} | 2024年{r % 12 + 1}月 |" for r in range(20)
        )
        items = "\n".join(f"- {_SENTENCE.format(r, number)}" for r in range(10))
        pieces.append(
            f"## 第{number}節\n\n{_sentences(6)}\n\n{items}\n\n| 地點 | 件數 | 時間 |\n|---|---|---|\n{rows}\n"
        )
        size += len(pieces[-1].encode())
        number += 1
    return "\n".join(pieces).encode()


def _rows(times: float) -> list[list[str | int]]:
    head: list[str | int] = ["編號", "校名", "鄉鎮", "學生人數", "金額", "日期"]
    rows: list[list[str | int]] = [
        [n, f"第{n}國民小學", f"{n % 97}鄉", n % 2000, n * 13, f"2024-{n % 12 + 1:02}-01"]
        for n in range(int(50_000 * times))
    ]
    return [head, *rows]


def csv(times: float) -> bytes:
    """Fifty thousand rows of six columns."""
    return "\n".join(",".join(map(str, row)) for row in _rows(times)).encode()


def xlsx(times: float) -> bytes:
    """The same rows as a spreadsheet."""
    from openpyxl import Workbook

    book, file = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet("資料")
    for row in _rows(times):
        sheet.append(row)
    book.save(file)
    return file.getvalue()


FILES: dict[str, tuple[str, Make]] = {
    "300 pages .pdf": (".pdf", pdf),
    "2 MB .html": (".html", html),
    "2 MB .md": (".md", markdown),
    "50,000 rows .csv": (".csv", csv),
    "50,000 rows .xlsx": (".xlsx", xlsx),
}


def _read(path: Path) -> dict[str, float]:
    """Seconds and megabytes above the start that reading a file takes in this process."""
    import resource
    from time import perf_counter

    from wenju.corpus.read import read

    # what is loaded once, whatever is read
    small = path.with_name(f"small{path.suffix}")
    if small.is_file():
        read(small)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, used = perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
    characters = sum(len(source.text) for source in read(path).sources)
    seconds = perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    kilobytes = after.ru_maxrss - before
    return {
        "seconds": round(seconds, 2),
        "processor": round(after.ru_utime - used, 2),
        "megabytes": round(kilobytes / 1024, 1),
        "characters": characters,
    }


def measure(name: str, folder: Path, times: float = 1.0) -> dict[str, Any]:
    """One kind of file in its usual size and in twice that, each read in a process of its own."""
    suffix, make = FILES[name]
    folder.joinpath(f"small{suffix}").write_bytes(make(0.002))
    found: dict[str, Any] = {"name": name}
    for key, size in (("once", times), ("twice", times * _TIMES)):
        path = folder / f"{key}{suffix}"
        path.write_bytes(make(size))
        command = [
            sys.executable,
            "-m",
            __spec__.name if __spec__ else __name__,
            "--read",
            str(path),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found[key] = {"bytes": path.stat().st_size, **json.loads(done.stdout)}
    return found


def table(measured: list[dict[str, Any]]) -> Table:
    """What was measured, for a terminal."""
    from rich.table import Table

    shown = Table("", "MB", "seconds", "memory MB", "twice as much", "growth: time", "memory")
    for one in measured:
        once, twice = one["once"], one["twice"]
        growth = [twice[key] / max(0.01, once[key]) for key in ("processor", "megabytes")]
        shown.add_row(
            one["name"],
            f"{once['bytes'] / _MEGABYTE:.1f}",
            f"{once['processor']:.1f}",
            f"{once['megabytes']:.0f}",
            f"{twice['processor']:.1f} s, {twice['megabytes']:.0f} MB",
            *(f"{g:.1f}" for g in growth),
        )
    return shown


def main() -> None:
    """Measure, or read one file and say what that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--read", type=Path, help="read one file in this process")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--times", type=float, default=1.0, help="of the usual sizes")
    parser.add_argument("--only", choices=FILES, action="append", help="this kind of file")
    options = parser.parse_args()
    if options.read:
        sys.stdout.write(json.dumps(_read(options.read)))
        return
    with TemporaryDirectory() as folder:
        measured = [measure(n, Path(folder), options.times) for n in options.only or FILES]
    if options.json:
        sys.stdout.write(json.dumps(measured, ensure_ascii=False, indent=2) + "\n")
        return
    from rich.console import Console

    Console().print(table(measured))


if __name__ == "__main__":
    main()
