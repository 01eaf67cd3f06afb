"""How the report's figures look, and how one becomes part of a page.

Text stays text, colours are custom properties of the page (so that they follow its light and dark
scheme), and every figure says in words what it shows.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from importlib.util import find_spec
from typing import TYPE_CHECKING

from wenju.eval.runs import RunError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# matplotlib knows no custom properties: colours that nothing else has stand for them until the end
COLOURS = {
    name: f"#0a0b0{i}" for i, name in enumerate(("ink", "soft", "line", "right", "wrong", "other"))
}
MISSING = 'Figures need Matplotlib, which is not installed: run pip install "wenju[reports]".'
_SIZE = (5.6, 3.6)  # inches of 72 units: text of 12 can still be read on a page 343 px wide
_METADATA = ("Creator", "Date", "Format", "Type")  # left out: two runs would differ in them alone
_SOFT = ("axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color")
_LOOK = {
    "svg.fonttype": "none",
    "svg.hashsalt": "wenju",
    "font.size": 12,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": COLOURS["line"],
    "text.color": COLOURS["ink"],
    "legend.borderpad": 0,
    "text.parse_math": False,
    "hatch.linewidth": 0.8,
    **dict.fromkeys(("axes.spines.top", "axes.spines.right", "legend.frameon"), False),
    **dict.fromkeys(_SOFT, COLOURS["soft"]),
}


def can_draw() -> bool:
    """Whether Matplotlib is installed, which only figures need."""
    return find_spec("matplotlib") is not None


@contextmanager
def looks() -> Iterator[None]:
    """The page's look, whatever the machine's own matplotlibrc says.

    Raises RunError where Matplotlib is not installed.
    """
    try:
        from matplotlib import style
    except ImportError:
        raise RunError(MISSING) from None
    with style.context(["default", _LOOK]):
        yield


def new_axes(x: str, y: str) -> tuple[Figure, Axes]:
    """A figure without a ground of its own, and its axes, labelled."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, layout="constrained")
    axes = figure.subplots()
    figure.patch.set_visible(False)
    axes.patch.set_visible(False)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    return figure, axes


def svg(figure: Figure, name: str, title: str, description: str) -> str:
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
    for custom, colour in COLOURS.items():
        content = content.replace(colour, f"var(--{custom})")
    content = re.sub(r"(\.\d\d)\d+(?=[^<>]*>)", r"\1", content)  # inside tags: texts stay whole
    return re.sub(r">\s+<", "><", content)
