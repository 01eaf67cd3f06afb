"""The application: the API and the page over one engine, in one process."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from wenju.qa.engine import Engine


def create_app(engine: Engine) -> FastAPI:
    """The API under ``/api/v1``, its documentation at ``/docs``, the chat at ``/``.

    The caller keeps the engine and closes it when the application has stopped.
    """
    from wenju.ui.api import create_api
    from wenju.ui.page import mount_pages
    from wenju.ui.views import router

    app = create_api(engine)
    app.include_router(router)
    mount_pages(app, engine)
    return app
