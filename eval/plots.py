"""The report's figures, as SVG to be put inside a page: the same numbers give the same bytes.

Text stays text, colours are custom properties of the page (so that they follow its light and dark
scheme), and every figure says in words what it shows.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from eval.intervals import Interval

    Floats = NDArray[np.floating]

# matplotlib knows no custom properties: colours that nothing else has stand for them until the end
_COLOURS = {
    name: f"#0a0b0{i}" for i, name in enumerate(("ink", "soft", "line", "right", "wrong", "other"))
}
_SIZE = (5.6, 3.6)  # inches of 72 units: text of 12 can still be read on a page 343 px wide
_BINS, _MOST_TICKS = 24, 6
_PERCENTILES = {50: "solid", 95: "dashed"}  # and the line that marks each
_LEAST_MS = 0.1  # records hold times to one place, and a logarithm needs more than 0
_METADATA = ("Creator", "Date", "Format", "Type")  # left out: two runs would differ in them alone
_SOFT = ("axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color")
_LOOK = {
    "svg.fonttype": "none",
    "svg.hashsalt": "wenju",
    "font.size": 12,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": _COLOURS["line"],
    "text.color": _COLOURS["ink"],
    "legend.borderpad": 0,
    "text.parse_math": False,
    "hatch.linewidth": 0.8,
    **dict.fromkeys(("axes.spines.top", "axes.spines.right", "legend.frameon"), False),
    **dict.fromkeys(_SOFT, _COLOURS["soft"]),
}
# colour, line and hatch of a group: never the colour alone
_STYLES = (("right", "solid", ""), ("wrong", "dashed", "///"), ("other", "dotted", ""))


@contextmanager
def _looks() -> Iterator[None]:
    """The page's look, whatever the machine's own matplotlibrc says."""
    from matplotlib import style

    with style.context(["default", _LOOK]):
        yield


def share(value: float) -> str:
    """A share from 0 to 1 to three places: ``.955``, ``1.000``."""
    return re.sub(r"^0\.", ".", f"{value:.3f}")


def milliseconds(value: float) -> str:
    """A time as a person would say it, from ``0.4 ms`` to ``12.5 s``."""
    if value < 999.5:
        return f"{value:.1f} ms" if value < 9.95 else f"{value:.0f} ms"
    return f"{value / 1000:.1f} s"


@_looks()
def recall_curve(points: Mapping[int, Interval], name: str) -> str:
    """Recall over k with 95 % intervals.

    Args:
        points: the mean and its interval for each k; the figure is empty without any.
        name: unique in the page; the ids inside begin with it.
    """
    if not points:
        return ""
    shown, places = list(points.values()), range(len(points))
    lows, colour = [p.low for p in shown], _COLOURS["right"]
    bottom = max(0.0, min(lows) - (1 - min(lows)) / 4 - 0.02)
    figure, axes = _axes("k", "share of questions")
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
    return _svg(figure, name, "Recall of the gold document over k", "; ".join(said))


@_looks()
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
    figure, axes = _axes(axis, "share of the group")
    for label, scores, style in shown:
        heights = np.histogram(scores, edges)[0] / len(scores)
        _outline(axes, heights, edges, f"{label} ({len(scores):,})", style)
    if threshold is not None:
        axes.axvline(threshold, color=_COLOURS["ink"], label=f"answered from {threshold:g} on")
    axes.set_ylim(bottom=0)
    figure.legend(loc="outside upper left", ncols=2)
    said = (
        f"{label}, {len(scores):,} questions: {_quartiles(scores)}" for label, scores, _ in shown
    )
    return _svg(figure, name, f"Distribution of {axis}", "; ".join(said))


@_looks()
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
    figure, axes = _axes("time for one question", "questions")
    axes.stairs(np.histogram(took, edges)[0], edges, fill=True, color=_COLOURS["right"], alpha=0.5)
    for p, line in _PERCENTILES.items():
        axes.axvline(marks[p], color=_COLOURS["ink"], linestyle=line, label=said[p])
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.set_xticks(ticks, [milliseconds(tick) for tick in ticks])
    axes.set_xticks([], minor=True)
    axes.locator_params(axis="y", integer=True)
    figure.legend(loc="outside upper left", ncols=2)
    longest = f"the longest {milliseconds(float(took.max()))}"
    return _svg(figure, name, "Time for one question", ", ".join([*said.values(), longest]))


def _axes(x: str, y: str) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, layout="constrained")
    axes = figure.subplots()
    figure.patch.set_visible(False)
    axes.patch.set_visible(False)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    return figure, axes


def _value(axes: Axes, place: int, point: Interval, *, below: bool) -> None:
    """A point's value beside its interval, below it where there is room."""
    axes.annotate(
        share(point.mean),
        (place, point.low if below else point.high),
        xytext=(0, -6 if below else 6),
        textcoords="offset points",
        ha="center",
        va="top" if below else "bottom",
    )


def _outline(
    axes: Axes, heights: Floats, edges: Floats, label: str, style: tuple[str, str, str]
) -> None:
    name, line, hatch = style
    colour = _COLOURS[name]
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


def _svg(figure: Figure, name: str, title: str, description: str) -> str:
    """The figure as an element of a page, with a text alternative."""
    file = io.BytesIO()
    figure.savefig(file, format="svg", metadata=dict.fromkeys(_METADATA))
    text = file.getvalue().decode()
    content = text[text.index('<g id="figure_1">') : text.rindex("</svg>")]
    return (
        f'<svg class="plot" viewBox="0 0 {_SIZE[0] * 72:g} {_SIZE[1] * 72:g}" role="img"'
        f' aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{escape(title)}'
        f'</title><desc id="{name}-desc">{escape(description)}</desc>{_inside(content, name)}</svg>'
    )


def _inside(content: str, name: str) -> str:
    """What matplotlib drew, less what is the page's to decide: ids, fonts and colours."""
    used = {*re.findall(r"#([mph][0-9a-f]+)\b", content)}
    content = re.sub(
        r' id="([^"]*)"', lambda m: f' id="{name}-{m[1]}"' if m[1] in used else "", content
    )
    content = re.sub(r'(url\(|xlink:href=")#', rf"\1#{name}-", content).replace("xlink:", "")
    content = re.sub(r" font-family: [^;\"]*;?", "", content)
    for custom, colour in _COLOURS.items():
        content = content.replace(colour, f"var(--{custom})")
    content = re.sub(r"(\.\d\d)\d+(?=[^<>]*>)", r"\1", content)  # inside tags: texts stay whole
    return re.sub(r">\s+<", "><", content)
