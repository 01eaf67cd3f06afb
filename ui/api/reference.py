"""The API's documentation page, made from its OpenAPI description; needs no network."""

from __future__ import annotations

import html
import json
from typing import Any

_STYLE = """
:root{--ink:#1d2733;--soft:#5b6875;--line:#dde2e6;--paper:#fbfaf7;--card:#fff;--accent:#0f5c6e}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a3aeb8;--line:#38424c;
--paper:#14191e;--card:#1b2228;--accent:#6cc3d5}}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.6;
font-family:system-ui,"Noto Sans CJK TC","PingFang TC","Microsoft JhengHei",sans-serif}
main{max-width:52rem;margin:0 auto;padding:2rem 1rem 4rem}
a{color:var(--accent)}section{background:var(--card);border:1px solid var(--line);
border-radius:10px;padding:1rem 1.25rem;margin:1rem 0}
h2{font-size:1rem;font-family:ui-monospace,monospace;margin:0}
h2 b{color:var(--accent);margin-right:.6em}h3{font-size:.8rem;color:var(--soft);margin:1rem 0 0}
pre{overflow:auto;background:var(--paper);border-radius:6px;padding:.75rem;font-size:.8rem;
max-height:22rem}table{border-collapse:collapse;font-size:.9rem}td{padding:.1rem 1rem .1rem 0}
"""


def reference_html(spec: dict[str, Any]) -> str:
    """One page with every path of the description: parameters, examples, possible errors."""
    info = spec["info"]
    sections = "".join(
        _operation(spec, path, method, operation)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{_text(info['title'])} API</title><style>{_STYLE}</style><main>"
        f"<h1>{_text(info['title'])} API</h1><p>{_text(info['description'])} "
        'Errors are problem objects (RFC 9457). Machine-readable: <a href="openapi.json">'
        f"openapi.json</a>.</p>{sections}</main></html>"
    )


def _operation(spec: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> str:
    responses = operation["responses"]
    errors = ", ".join(
        f"{status} {response['description']}"
        for status, response in responses.items()
        if not status.startswith("2")
    )
    parts = [
        f"<h2><b>{method.upper()}</b>{_text(path)}</h2><p>{_text(operation['description'])}</p>",
        _parameters(operation.get("parameters", [])),
        _example(spec, "Request", operation.get("requestBody", {})),
        _example(
            spec, "Response", next((r for s, r in responses.items() if s.startswith("2")), {})
        ),
        f"<h3>Errors</h3><p>{_text(errors)}</p>" if errors else "",
    ]
    return f"<section>{''.join(parts)}</section>"


def _parameters(parameters: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"<tr><td><code>{_text(p['name'])}</code></td><td>{_text(p['in'])}</td>"
        f"<td>{_text(p['schema'].get('type', ''))}</td>"
        f"<td>{'required' if p.get('required') else ''}</td></tr>"
        for p in parameters
    )
    return f"<h3>Parameters</h3><table>{rows}</table>" if rows else ""


def _example(spec: dict[str, Any], title: str, body: dict[str, Any]) -> str:
    pieces = []
    for media, content in body.get("content", {}).items():
        shown = json.dumps(example(spec, content["schema"]), ensure_ascii=False, indent=2)
        pieces.append(f"<h3>{title} ({_text(media)})</h3><pre>{_text(shown)}</pre>")
    return "".join(pieces)


def example(spec: dict[str, Any], schema: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """An example value of a schema: its own where it has one, else made of its parts'."""
    if "$ref" in schema:
        return example(spec, spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    if schema.get("examples"):
        return schema["examples"][0]
    if "default" in schema:
        return schema["default"]
    if "anyOf" in schema:
        return example(spec, schema["anyOf"][-1])
    if "properties" in schema:
        return {name: example(spec, part) for name, part in schema["properties"].items()}
    if "prefixItems" in schema:
        return [example(spec, part) for part in schema["prefixItems"]]
    if schema.get("type") == "array":
        return [example(spec, schema["items"])]
    plain = {"integer": 0, "number": 0.5, "boolean": True, "object": {}, "null": None}
    return schema.get("const", plain.get(schema.get("type", ""), "…"))


def _text(text: str) -> str:
    return html.escape(text)
