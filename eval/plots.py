"""The report's figures, as SVG to be put inside a page: the same numbers give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from wenju.eval.drawing import COLOURS, looks, new_axes, svg

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from wenju.eval.calibration import Bin
    from wenju.eval.intervals import Interval

    Floats = NDArray[np.floating]

_BINS, _MOST_TICKS = 24, 6
_MOST_POINTS = 200  # of a curve: more of them cannot be seen
_SAID = (0.5, 0.8, 0.9, 1.0)  # coverages at which the risk is told in words
_PERCENTILES = {50: "solid", 95: "dashed"}  # and the line that marks each
_LEAST_MS = 0.1  # records hold times to one place, and a logarithm needs more than 0
# colour, line and hatch of a group: never the colour alone
_STYLES = (("right", "solid", ""), ("wrong", "dashed", "///"), ("other", "dotted", ""))


def share(value: float) -> str:
    """A share from 0 to 1 to three places: ``.955``, ``1.000``."""
    return re.sub(r"^0\.", ".", f"{value:.3f}")


def milliseconds(value: float) -> str:
    """A time as a person would say it, from ``0.4 ms`` to ``12.5 s``."""
    if value < 999.5:
        return f"{value:.1f} ms" if value < 9.95 else f"{value:.0f} ms"
    return f"{value / 1000:.1f} s"


@looks()
def recall_curve(points: Mapping[int, Interval], name: str) -> str:
    """Recall over k with 95 % intervals.

    Args:
        points: the mean and its interval for each k; the figure is empty without any.
        name: unique in the page; the ids inside begin with it.
    """
    if not points:
        return ""
    shown, places = list(points.values()), range(len(points))
    lows, colour = [p.low for p in shown], COLOURS["right"]
    bottom = max(0.0, min(lows) - (1 - min(lows)) / 4 - 0.02)
    figure, axes = new_axes("k", "share of questions")
    axes.plot(places, [p.mean for p in shown], color=colour, marker="o", clip_on=False)
    axes.vlines(places, lows, [p.high for p in shown], color=colour, clip_on=False)
    axes.set_xticks(places, [str(k) for k in points])
    axes.set_xlim(-0.4, len(shown) - 0.6)
    axes.set_ylim(bottom, 1.0)
    for place, point in enumerate(shown):
        _value(axes, place, point, below=point.low > bottom + (1 - bottom) / 8)
    said = (
        f"k = {k}: {share(p.mean)} [{share(p.low)}, {share(p.high)}]" for k, p in points.items()
    )
    return svg(figure, name, "Recall of the gold document over k", "; ".join(said))


@looks()
def distributions(
    groups: Mapping[str, Sequence[float]],
    name: str,
    axis: str,
    *,
    limits: tuple[float, float] | None = None,
    threshold: float | None = None,
) -> str:
    """Histograms of up to three groups over one another, each in shares of its own questions.

    Args:
        groups: scores by label: what went right, what went wrong, what is neither. Those without
            scores are left out; the figure is empty without any.
        name: unique in the page.
        axis: the score's name.
        limits: the least and greatest score; those of the values where not given.
        threshold: the score from which on questions are answered, marked where it is given.
    """
    import numpy as np

    shown = [(*group, s) for group, s in zip(groups.items(), _STYLES, strict=False) if group[1]]
    if not shown:
        return ""
    edges = np.histogram_bin_edges([v for _, scores, _ in shown for v in scores], _BINS, limits)
    figure, axes = new_axes(axis, "share of the group")
    for label, scores, style in shown:
        heights = np.histogram(scores, edges)[0] / len(scores)
        _outline(axes, heights, edges, f"{label} ({len(scores):,})", style)
    if threshold is not None:
        axes.axvline(threshold, color=COLOURS["ink"], label=f"answered from {threshold:g} on")
    axes.set_ylim(bottom=0)
    figure.legend(loc="outside upper left", ncols=2)
    said = (
        f"{label}, {len(scores):,} questions: {_quartiles(scores)}" for label, scores, _ in shown
    )
    return svg(figure, name, f"Distribution of {axis}", "; ".join(said))


@looks()
def latencies(took_ms: Sequence[float], name: str) -> str:
    """How many questions took how long, over a logarithmic axis, with p50 and p95.

    Args:
        took_ms: milliseconds; the figure is empty without any.
        name: unique in the page.
    """
    import numpy as np

    if not len(took_ms):
        return ""
    took = np.maximum(took_ms, _LEAST_MS)
    low, high = float(took.min()) / 1.2, float(took.max()) * 1.2
    ticks, edges = _ticks(low, high), np.geomspace(low, high, _BINS + 1)
    marks = {p: float(np.percentile(took, p)) for p in _PERCENTILES}
    said = {p: f"p{p} {milliseconds(value)}" for p, value in marks.items()}
    figure, axes = new_axes("time for one question", "questions")
    axes.stairs(np.histogram(took, edges)[0], edges, fill=True, color=COLOURS["right"], alpha=0.5)
    for p, line in _PERCENTILES.items():
        axes.axvline(marks[p], color=COLOURS["ink"], linestyle=line, label=said[p])
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.set_xticks(ticks, [milliseconds(tick) for tick in ticks])
    axes.set_xticks([], minor=True)
    axes.locator_params(axis="y", integer=True)
    figure.legend(loc="outside upper left", ncols=2)
    longest = f"the longest {milliseconds(float(took.max()))}"
    return svg(figure, name, "Time for one question", ", ".join([*said.values(), longest]))


@looks()
def risk_curve(points: Sequence[tuple[float, float]], name: str, answered: float) -> str:
    """The share that is wrong of the surest so many answers, over how many are given.

    Args:
        points: coverage and risk, by coverage; the figure is empty without any.
        name: unique in the page.
        answered: the share of questions that is answered now, which is marked.
    """
    if not points:
        return ""
    step = -(-len(points) // _MOST_POINTS)
    shown = [*points[:-1:step], points[-1]]
    figure, axes = new_axes("share of questions answered", "share of them wrong")
    axes.plot(*zip(*shown, strict=True), color=COLOURS["wrong"], clip_on=False)
    label = f"answered now: {share(answered)}"
    axes.axvline(answered, color=COLOURS["ink"], linestyle="dashed", label=label)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, max(risk for _, risk in shown) * 1.05 or 1.0)
    figure.legend(loc="outside upper left")
    least = {c: next(risk for covered, risk in points if covered >= c) for c in _SAID}
    said = (f"{share(risk)} wrong of {share(c)} answered" for c, risk in least.items())
    return svg(figure, name, "Risk over coverage", "; ".join([*said, label]))


@looks()
def reliability(bins: Sequence[Bin], name: str) -> str:
    """The share of answers that is right over the confidence in them, a point to each bin.

    Args:
        bins: those that hold questions, by confidence; the figure is empty without any.
        name: unique in the page.
    """
    if not bins:
        return ""
    figure, axes = new_axes("confidence", "share of answers right")
    axes.plot([0, 1], [0, 1], color=COLOURS["soft"], linestyle="dotted", label="as it should be")
    means, shares = [b.confidence for b in bins], [b.right for b in bins]
    axes.plot(means, shares, color=COLOURS["right"], marker="o", clip_on=False, label="as it is")
    for held in bins:
        below = held.right > 7 / 8 or 1 / 8 < held.right < held.confidence
        _beside(axes, f"{held.questions:,}", (held.confidence, held.right), below=below)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    figure.legend(loc="outside upper left", ncols=2)
    said = (f"confidence {share(b.confidence)}: {share(b.right)} of {b.questions:,}" for b in bins)
    return svg(figure, name, "Share of answers right over confidence", "; ".join(said))


def _value(axes: Axes, place: int, point: Interval, *, below: bool) -> None:
    """A point's value beside its interval, below it where there is room."""
    _beside(axes, share(point.mean), (place, point.low if below else point.high), below=below)


def _beside(axes: Axes, text: str, at: tuple[float, float], *, below: bool) -> None:
    axes.annotate(
        text,
        at,
        xytext=(0, -6 if below else 6),
        textcoords="offset points",
        ha="center",
        va="top" if below else "bottom",
    )


def _outline(
    axes: Axes, heights: Floats, edges: Floats, label: str, style: tuple[str, str, str]
) -> None:
    name, line, hatch = style
    colour = COLOURS[name]
    axes.stairs(heights, edges, color=colour, ls=line, lw=1.8, label=label)
    if line == "solid":
        axes.stairs(heights, edges, fill=True, color=colour, alpha=0.2)
    if hatch:
        axes.stairs(heights, edges, fill=True, fc="none", ec=colour, hatch=hatch, lw=0)


def _quartiles(values: Sequence[float]) -> str:
    import numpy as np

    low, middle, high = np.percentile(values, (25, 50, 75))
    return f"median {middle:.3g}, the middle half from {low:.3g} to {high:.3g}"


def _ticks(low: float, high: float) -> list[float]:
    """1, 2, 5, 10 … between the two; fewer where they would stand too close."""
    for steps in ((1, 2, 5), (1, 3), (1,)):
        ticks = [s * 10.0**power for power in range(-1, 8) for s in steps]
        within = [tick for tick in ticks if low <= tick <= high]
        if len(within) <= _MOST_TICKS:
            return within
    return within
