"""The report's figures: what they say, where things stand in them, and that nothing else varies."""

from __future__ import annotations

import re
import sys
from xml.etree import ElementTree

import matplotlib as mpl
import pytest

from wenju.eval.calibration import Bin
from wenju.eval.intervals import Interval
from wenju.eval.plots import (
    distributions,
    latencies,
    milliseconds,
    recall_curve,
    reliability,
    risk_curve,
    share,
)
from wenju.eval.runs import RunError

POINTS = {
    1: Interval(0.8125, 0.75, 0.875, 16),
    3: Interval(0.9375, 0.875, 1.0, 16),
    20: Interval(1.0, 1.0, 1.0, 16),
}
GROUPS = {"right": [0.7, 0.8, 0.8, 0.9], "wrong": [0.2, 0.8], "unanswerable": [0.1]}
RISKS = [(i / 10, (0.0 if i < 6 else (i - 5) / i)) for i in range(1, 11)]
HELD = [Bin(0.2, 0.3, 4, 0.25, 0.5), Bin(0.7, 0.8, 1200, 0.75, 0.625)]
TOOK = [float(ms) for ms in range(1, 102)]


def texts(svg: str) -> list[str]:
    return [e.text or "" for e in ElementTree.fromstring(svg).iter("text")]


def drawn(svg: str, *style: str) -> list[list[tuple[float, float]]]:
    """The points of every line whose style holds all of these; y grows downwards."""
    found = []
    for path in ElementTree.fromstring(svg).iter("path"):
        if all(part in path.get("style", "") for part in style):
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.get("d", ""))]
            found.append([*zip(numbers[::2], numbers[1::2], strict=True)])
    return found


def outlines(svg: str, colour: str) -> list[tuple[float, float]]:
    """The points of a group's outline; its sample in the legend stands above the axes."""
    lines = drawn(svg, f"stroke: var(--{colour})", "stroke-width: 1.8")
    return max(lines, key=len)


def figures(name: str = "f") -> list[str]:
    return [
        recall_curve(POINTS, name),
        distributions(GROUPS, name, "score", limits=(0, 1), threshold=0.34),
        latencies(TOOK, name),
        risk_curve(RISKS, name, 0.9),
        reliability(HELD, name),
    ]


@pytest.mark.parametrize(
    ("value", "shown"), [(0, ".000"), (0.9554, ".955"), (0.9996, "1.000"), (-0.5, "-0.500")]
)
def test_shares(value: float, shown: str) -> None:
    assert share(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.44, "0.4 ms"),
        (9.94, "9.9 ms"),
        (9.96, "10 ms"),
        (999.4, "999 ms"),
        (999.6, "1.0 s"),
        (12_500, "12.5 s"),
    ],
)
def test_times(value: float, shown: str) -> None:
    assert milliseconds(value) == shown


def test_recall_is_said_and_written_at_its_points() -> None:
    svg = recall_curve(POINTS, "f")
    assert (
        "k = 1: .812 [.750, .875]; k = 3: .938 [.875, 1.000]; k = 20: 1.000 [1.000, 1.000]" in svg
    )
    assert {"1", "3", "20", ".812", ".938", "1.000", "k", "share of questions"} <= {*texts(svg)}


def test_points_stand_at_their_height() -> None:
    """The line through the means, against the whiskers' ends: .75 to .875 is an eighth."""
    svg = recall_curve(POINTS, "f")
    curve = next(line for line in drawn(svg, "var(--right)") if len(line) == 3)
    lines = (line for line in drawn(svg, "var(--right)") if len(line) == 2)
    whisker = next(line for line in lines if line[0][0] == curve[0][0])
    eighth = whisker[0][1] - whisker[1][1]
    assert curve[0][1] == pytest.approx(whisker[1][1] + eighth / 2, abs=0.02)
    assert curve[1][1] == pytest.approx(curve[0][1] - eighth, abs=0.02)
    assert curve[2][1] == pytest.approx(curve[1][1] - eighth / 2, abs=0.02)
    assert curve[1][0] - curve[0][0] == pytest.approx(curve[2][0] - curve[1][0], abs=0.02)


def test_a_recall_of_nothing_is_drawn_too() -> None:
    assert ".000" in texts(recall_curve({1: Interval(0.0, 0.0, 0.0, 1)}, "f"))


def test_every_group_is_a_share_of_itself() -> None:
    """Two of four at .8, one of two there: as high as each other, though not as many."""
    svg = distributions(GROUPS, "f", "score", limits=(0, 1))
    tops = {name: min(y for _, y in outlines(svg, name)) for name in ("right", "wrong", "other")}
    ground = max(y for _, y in outlines(svg, "right"))
    assert tops["right"] == tops["wrong"]
    assert ground - tops["other"] == pytest.approx(2 * (ground - tops["right"]), abs=0.05)


def test_groups_are_told_apart_without_colour() -> None:
    svg = distributions(GROUPS, "f", "score")
    lines = {
        name: re.search(rf'style="[^"]*stroke: var\(--{name}\)[^"]*stroke-width: 1.8[^"]*"', svg)
        or re.search(rf'style="[^"]*stroke-dasharray[^"]*stroke: var\(--{name}\)[^"]*"', svg)
        for name in ("right", "wrong", "other")
    }
    dashes = [re.search(r"stroke-dasharray: ([^;\"]*)", m[0]) for m in lines.values() if m]
    assert len({d[1] if d else "" for d in dashes}) == 3
    assert svg.count("<pattern") == 1
    assert {"right (4)", "wrong (2)", "unanswerable (1)"} <= {*texts(svg)}


def test_scores_are_said_by_group() -> None:
    svg = distributions(GROUPS, "f", "score")
    assert "right, 4 questions: median 0.8, the middle half from 0.775 to 0.825; wrong, 2" in svg


def test_the_threshold_stands_at_its_place() -> None:
    svg = distributions({"right": [0.0, 1.0]}, "f", "score", limits=(0, 1), threshold=0.25)
    assert "answered from 0.25 on" in texts(svg)
    ((x, _), (same, _)) = next(
        line for line in drawn(svg, "stroke: var(--ink)") if line[0][0] == line[1][0]
    )
    places = [place for place, _ in outlines(svg, "right")]
    left, right = min(places), max(places)
    assert x == same == pytest.approx(left + (right - left) / 4, abs=0.05)


def test_groups_without_scores_are_left_out() -> None:
    svg = distributions({"right": [], "wrong": [0.5], "neither": []}, "f", "score")
    assert "wrong (1)" in texts(svg)
    assert "right (0)" not in svg and "neither" not in svg
    assert "var(--wrong)" in svg and "var(--right)" not in svg


def test_percentiles_by_hand() -> None:
    svg = latencies(TOOK, "f")
    assert ["p50 51 ms", "p95 96 ms"] == [t for t in texts(svg) if t.startswith("p")]
    assert "p50 51 ms, p95 96 ms, the longest 101 ms" in svg


def test_times_of_every_size_have_ticks() -> None:
    for took in ([0.0], [20.0], [20.0, 21.0], [0.1, 50_000.0], [1.0, 3.0]):
        ticks = [t for t in texts(latencies(took, "f")) if re.fullmatch(r"[\d.]+ m?s", t)]
        assert len(ticks) <= 6
        assert len({*ticks}) == len(ticks)


def test_risks_are_said_and_the_share_answered_now_is_marked() -> None:
    svg = risk_curve(RISKS, "f", 0.9)
    assert (
        ".000 wrong of .500 answered; .375 wrong of .800 answered; .444 wrong of .900 answered; "
        ".500 wrong of 1.000 answered; answered now: .900" in svg
    )
    ((x, _), (same, _)) = next(
        line for line in drawn(svg, "stroke: var(--ink)") if line[0][0] == line[1][0]
    )
    curve = max(drawn(svg, "stroke: var(--wrong)"), key=len)
    left, right = curve[0][0], curve[-1][0]  # coverages .1 and 1
    assert x == same == pytest.approx(left + (right - left) * 8 / 9, abs=0.05)


def test_risks_rise_as_the_numbers_do() -> None:
    """From nothing at .5 to .375 at .8 and to .5 at the end: three quarters of the way."""
    curve = max(drawn(risk_curve(RISKS, "f", 1.0), "stroke: var(--wrong)"), key=len)
    at = {round((x - curve[0][0]) / (curve[-1][0] - curve[0][0]) * 9): y for x, y in curve}
    assert at[7] == pytest.approx(at[4] + (at[9] - at[4]) * 0.75, abs=0.05)


def test_a_curve_of_many_questions_is_thinned_and_keeps_its_ends() -> None:
    many = [(i / 5000, i / 10000) for i in range(1, 5001)]
    svg = risk_curve(many, "f", 1.0)
    assert ".500 wrong of 1.000 answered" in svg
    assert len(max(drawn(svg, "stroke: var(--wrong)"), key=len)) <= 201
    assert len(svg) < 20_000


def test_without_any_risk_there_is_a_figure_too() -> None:
    assert ".000 wrong of 1.000" in risk_curve([(0.5, 0.0), (1.0, 0.0)], "f", 1.0)
    assert "1.000 wrong of .500 answered" in risk_curve([(1.0, 1.0)], "f", 0.0)


def test_reliability_is_said_and_each_point_has_its_number() -> None:
    svg = reliability(HELD, "f")
    assert "confidence .250: .500 of 4; confidence .750: .625 of 1,200" in svg
    assert {"4", "1,200", "as it should be", "as it is"} <= {*texts(svg)}


def test_points_of_reliability_stand_beside_the_diagonal() -> None:
    """The first as far above it as the bin is from 0, the second half as far below it."""
    svg = reliability(HELD, "f")
    (diagonal,) = (d for d in drawn(svg, "stroke: var(--soft)", "stroke-width: 1.5") if len(d) == 2)
    (x0, y0), (x1, y1) = max([diagonal], key=lambda d: d[1][0] - d[0][0])
    points = next(d for d in drawn(svg, "stroke: var(--right)") if d[0][0] > x0 and len(d) == 2)
    for held, (x, y) in zip(HELD, points, strict=True):
        assert x == pytest.approx(x0 + (x1 - x0) * held.confidence, abs=0.05)
        assert y == pytest.approx(y0 + (y1 - y0) * held.right, abs=0.05)


def test_of_nothing_nothing_is_drawn() -> None:
    assert recall_curve({}, "f") == ""
    assert distributions({"right": [], "wrong": []}, "f", "score") == ""
    assert latencies([], "f") == ""
    assert risk_curve([], "f", 0.5) == ""
    assert reliability([], "f") == ""


def test_the_same_numbers_give_the_same_bytes_whatever_is_set() -> None:
    before = figures()
    with mpl.rc_context({"font.size": 20, "svg.fonttype": "path", "axes.grid": False}):
        assert figures() == before
        assert mpl.rcParams["font.size"] == 20
    assert len({*before}) == len(before)


def test_figures_of_one_page_share_no_id() -> None:
    found = [
        re.findall(r'\bid="([^"]*)"', svg) for name in ("set-1", "set-2") for svg in figures(name)
    ]
    for ids in found:
        assert len(ids) == len({*ids}) > 2
        assert all(i.startswith(("set-1-", "set-2-")) for i in ids)
    assert not {i for ids in found[: len(found) // 2] for i in ids} & {
        i for ids in found[len(found) // 2 :] for i in ids
    }


def test_all_that_a_figure_points_at_is_in_it() -> None:
    for svg in figures():
        pointed = re.findall(r'(?:href="|url\()#([^")]+)', svg)
        assert pointed
        assert {*pointed} <= {*re.findall(r'\bid="([^"]*)"', svg)}


def test_colours_and_fonts_are_the_pages() -> None:
    for svg in figures():
        assert not re.findall(r"#[0-9a-f]{6}\b", svg.replace("url(#", ""))
        assert {*re.findall(r"var\(--(\w+)\)", svg)} <= {
            *("ink", "soft", "line", "right", "wrong", "other")
        }
        assert "font-family" not in svg and "<style" not in svg and "<metadata" not in svg


def test_labels_are_escaped() -> None:
    svg = distributions({"<b> & $x$": [0.5]}, "f", "a<b")
    assert "<b> & $x$ (1)" in texts(svg) and "a<b" in texts(svg)
    assert "<b>" not in svg


def test_without_matplotlib_a_figure_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(
        RunError, match=r'^Figures need Matplotlib, .* pip install "wenju\[reports\]"'
    ):
        recall_curve(POINTS, "p")
