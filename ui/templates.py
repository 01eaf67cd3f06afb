"""HTML from Jinja templates: every value that is put in is escaped, and none may be missing.

Templates are indented for their readers. What they make is as dense as if it stood in one line,
for in questions and quotations a space is a character like any other.
"""

from __future__ import annotations

import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension

_BEFORE_MARKUP = re.compile(r"\s*\n\s*(?=[<{]|\Z)")
_LINE_BREAK = re.compile(r"\s*\n\s*")


class Dense(Extension):
    """Takes out line breaks before tags and blocks; others, as between attributes, are a space."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template's source without its indentation."""
        return _LINE_BREAK.sub(" ", _BEFORE_MARKUP.sub("", source))


def environment(package: str) -> Environment:
    """The templates in the ``templates`` folder of a package."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[Dense],
    )
