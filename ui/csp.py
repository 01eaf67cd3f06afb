"""Content Security Policies: what a page of ours may load and run."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

HEADER = "content-security-policy"
# neither loads nor runs anything, and is shown in no frame
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc\s*=)[^>]*>(.*?)</script>", re.S | re.I)
_INLINE_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.S | re.I)


def inline_scripts(page: str) -> list[str]:
    """The scripts that stand in a page itself, as they stand there."""
    return _INLINE_SCRIPT.findall(page)


def inline_styles(page: str) -> list[str]:
    """The style sheets that stand in a page itself."""
    return _INLINE_STYLE.findall(page)


def page_policy(
    scripts: Iterable[str] = (), styles: Iterable[str] = (), form: str = "'none'"
) -> str:
    """For a page of ours that runs exactly these inline scripts and styles and asks only this server."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(scripts)}",
            f"style-src {_hashes(styles)}",
            # where a frame lies on the picture of a page stands in its attribute
            "style-src-attr 'unsafe-inline'",
            "img-src 'self' data:",
            "connect-src 'self'",
            f"form-action {form}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def gradio_policy(page: str) -> str:
    """For a page of gradio's: its files, and the inline scripts of exactly this page.

    Gradio makes functions of texts (`unsafe-eval`) and writes styles into the page
    (`unsafe-inline`, of styles only); it does not work without either. Scripts that stand in the
    page's HTML, and handlers in attributes, do not run.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'unsafe-eval' {_hashes(inline_scripts(page))}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'self'",
            "frame-ancestors 'none'",
        )
    )


def _hashes(texts: Iterable[str]) -> str:
    digests = (b64encode(sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
