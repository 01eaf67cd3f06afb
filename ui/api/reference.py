"""The API's documentation page, made from its OpenAPI description; each operation can be tried there, offline."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from wenju.ui.access import surface
from wenju.ui.api.description import COMMON
from wenju.ui.templates import environment

_FIRST_ERROR = 400


def reference_html(spec: dict[str, Any]) -> str:
    """One page with every path of the description: parameters, examples, possible errors."""
    operations = [
        _operation(spec, path, method, operation)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
    ]
    template = environment("wenju.ui.api").get_template("reference.html")
    return template.render(info=spec["info"], operations=operations, common=COMMON, script=script())


def script() -> str:
    """What the page runs: it sends what is tried to this server."""
    return files("wenju.ui.api").joinpath("scripts/reference.js").read_text(encoding="utf-8")


def _operation(
    spec: dict[str, Any], path: str, method: str, operation: dict[str, Any]
) -> dict[str, Any]:
    responses = operation["responses"]
    good: dict[str, Any] = next(
        (said for status, said in responses.items() if status.startswith("2")), {}
    )
    return {
        "path": path,
        "method": method,
        "description": operation["description"],
        "parameters": operation.get("parameters", []),
        "body": _least_body(spec, operation.get("requestBody", {})),
        "takes_files": "multipart/form-data" in operation.get("requestBody", {}).get("content", {}),
        "changes": method != "get" and surface.needed_role(method.upper(), path) == "write",
        "requests": _examples(spec, operation.get("requestBody", {})),
        "responses": _examples(spec, good),
        "errors": [
            f"{status} {said['description']}"
            for status, said in responses.items()
            if int(status) >= _FIRST_ERROR and int(status) not in COMMON
        ],
    }


def _examples(spec: dict[str, Any], body: dict[str, Any]) -> list[tuple[str, str]]:
    """Media types, each with an example."""
    return [
        (media, json.dumps(example(spec, content["schema"]), ensure_ascii=False, indent=2))
        for media, content in body.get("content", {}).items()
    ]


def _least_body(spec: dict[str, Any], body: dict[str, Any]) -> str:
    """A JSON body with no more than what must be there, to be tried; empty where none is taken."""
    content = body.get("content", {}).get("application/json")
    if content is None:
        return ""
    return json.dumps(_least(spec, content["schema"]), ensure_ascii=False, indent=2)


def _least(spec: dict[str, Any], schema: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """An example value without what may be left out."""
    if "$ref" in schema:
        return _least(spec, spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    if schema.get("required"):
        parts = schema["properties"]
        return {name: _least(spec, parts[name]) for name in schema["required"]}
    if schema.get("type") == "array" and not schema.get("examples"):
        return [_least(spec, schema["items"])]
    return example(spec, schema)


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
