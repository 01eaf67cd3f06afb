"""The API's documentation page, made from its OpenAPI description; needs no network."""

from __future__ import annotations

import json
from typing import Any

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
    return template.render(info=spec["info"], operations=operations, common=COMMON)


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
