"""``wenju set``: what a person knows better of a document than its file says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from wenju.ui.cli.errors import CommandError, error_boundary
from wenju.ui.cli.options import Home, Json, engine_of


@error_boundary
def set_fields(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="Its id, the beginning of it, or its name.")],
    changes: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE…", help="What to set; FIELD= returns to what the file says."
        ),
    ],
    json: Json = False,
    home: Home = None,
) -> None:
    """Set what is known of a document: title, date, issuer, kind, number, effective, repealed and more."""
    from wenju.ui import serializers
    from wenju.ui.cli import console
    from wenju.ui.cli.resolve import find_documents

    wanted = parsed(changes)
    with engine_of(context, home) as engine:
        (document_id,) = find_documents(engine.library.documents(), [document])
        summary = serializers.summary_object(engine.correct(document_id, wanted))
    console.emit(summary) if json else console.documents([summary])


def parsed(changes: Iterable[str]) -> dict[str, str | None]:
    """Field to value; None for one without a value. Raises CommandError without ``=``."""
    found: dict[str, str | None] = {}
    for change in changes:
        field, mark, value = change.partition("=")
        if not mark:
            raise CommandError(
                f"{change!r} sets nothing; expected FIELD=VALUE, such as effective=2025-01-01."
            )
        found[field.strip()] = value.strip() or None
    return found
