"""The page: a conversation with its sources beside it, and the library. Layout only."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenju.ui.page import conversation, events, history
from wenju.ui.page.shell import Shell
from wenju.ui.texts import LANGUAGES, ZH_HANT, Texts

if TYPE_CHECKING:
    from fastapi import FastAPI

    from wenju.qa.engine import Engine
    from wenju.ui.load.pool import Pool

SCRIPTS = [
    Path(__file__).parent / "scripts" / f"{name}.js"
    for name in (
        "basics",
        "asking",
        "original",
        "sources",
        "feedback",
        "filters",
        "library",
        "removal",
        "uploads",
        "address",
        "history",
        "transcript",
        "page",
    )
]
STYLES = sorted((Path(__file__).parent / "styles").glob("*.css"))
MAX_QUESTION = 500  # characters the box takes
_OTHERS = 16  # openings of pages and the like at the same time
_FONTS = ("system-ui", "Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei", "sans-serif")
_MONO = ("ui-monospace", "Consolas", "monospace")

# Read by gradio when it is imported and when it starts: report nothing to its makers, and draw up
# no table of all events after every event.
_GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**12),
}
# which documents are to be asked is known to the page alone
_WITH_CHOICE = (
    "(question, turns) => [question, turns, window.wenju ? window.wenju.waiting(question) : '']"
)
_KEEP = "(newest) => window.wenju && window.wenju.keep(newest)"
_REOPEN = "() => window.wenju.reopening()"
_SHOW_NEWEST = "() => window.wenju && window.wenju.showNewest()"
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def build_page(engine: Engine, pool: Pool, texts: Texts = ZH_HANT) -> Any:  # noqa: ANN401 - untyped
    """The Gradio Blocks of the page; its questions are answered in the pool."""
    import gradio as gr

    with gr.Blocks(title=texts.name, analytics_enabled=False, fill_width=True) as page:
        header = gr.HTML(elem_id="wj-top", apply_default_css=False)
        with gr.Tabs(elem_id="wj-tabs"):
            with gr.Tab(texts.chat, id="chat"):
                kept, *shown = _conversation(gr, engine, pool, texts)
            with gr.Tab(texts.library, id="library"):
                gr.HTML(conversation.upload_html(texts), apply_default_css=False)
        # the script gives the conversation that the browser kept
        page.load(
            partial(history.load, engine, texts),
            kept,
            [header, *shown],
            js=script(),
            **_QUIET,
        )
    # gradio works on 40 events at once, questions that wait included: what else a page does must not wait
    page.max_threads = pool.places + _OTHERS
    return page.queue(default_concurrency_limit=_OTHERS)


def script() -> str:
    """The one function that the browser runs as the page opens, put together from its parts."""
    parts = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    return f"() => {{\n{parts}}}"


def _conversation(gr: Any, engine: Engine, pool: Pool, texts: Texts) -> list[Any]:  # noqa: ANN401
    """The conversation, the box below it and the sources beside it.

    Gives what passes between it and the browser, and what shows a conversation: its turns, itself, its
    panels.
    """
    turns, only, kept = gr.State([]), gr.Textbox(visible=False), gr.Textbox(visible=False)
    with gr.Row(elem_id="wj-main"):
        with gr.Column(scale=7, elem_id="wj-talk"):
            talk = gr.HTML(elem_id="wj-conversation", apply_default_css=False)
            with gr.Row(elem_id="wj-progress"):
                line = gr.HTML(elem_id="wj-line", apply_default_css=False)
                stop = gr.Button(texts.progress["stop"], size="sm", scale=0, elem_id="wj-stop")
            with gr.Column(elem_id="wj-dock"):
                gr.HTML(conversation.filters_html(texts), apply_default_css=False)
                with gr.Row(elem_id="wj-ask"):
                    box = _question_box(gr, texts)
                    ask = gr.Button(
                        texts.ask, variant="primary", scale=0, min_width=88, elem_id="wj-submit"
                    )
            # pressed by the page's script
            clear = gr.Button(visible="hidden", elem_id="wj-clear")
            reopen = gr.Button(visible="hidden", elem_id="wj-reopen")
        with gr.Column(scale=5, elem_id="wj-side"):
            panel = gr.HTML(
                conversation.panels_html([], texts), elem_id="wj-panels", apply_default_css=False
            )
            gr.HTML(
                '<section id="wj-source" aria-live="polite" hidden></section>',
                apply_default_css=False,
            )
    outputs = [box, turns, talk, panel, line]
    for event in (box.submit, ask.click):
        run = _asking(gr, engine, pool, texts)
        done = _on(event, run, [box, turns, only], [*outputs, kept], _WITH_CHOICE)
        done.then(None, kept, js=_KEEP, api_visibility="private")
    _on(clear.click, partial(events.clear, engine, texts), None, outputs)
    stop.click(_stopping(gr, pool), concurrency_limit=None, **_QUIET)
    _on(reopen.click, partial(history.reopened, engine, texts), kept, outputs, _REOPEN)
    return [kept, *outputs[1:]]


def _asking(gr: Any, engine: Engine, pool: Pool, texts: Texts) -> Callable[..., Any]:  # noqa: ANN401
    """``events.ask`` as gradio calls it: by what it is told of the request, the page is known.

    Beside what is shown it gives the newest turn, once it is dealt with, for the browser to keep.
    """

    async def run(
        question: str,
        turns: list[conversation.Turn],
        only: str,
        request: Any,  # noqa: ANN401 - gradio's
    ) -> AsyncIterator[tuple[Any, ...]]:
        session = str(request.session_hash or "")
        async for state in events.ask(engine, texts, pool, question, turns, only, session):
            if isinstance(state, tuple):
                yield *state, history.newest(state[1])
            else:  # a step changes its line alone: what is being read stays as it is
                yield *[gr.skip()] * 4, state, gr.skip()

    run.__annotations__["request"] = gr.Request  # by which gradio sees what to give
    return run


def _stopping(gr: Any, pool: Pool) -> Callable[..., None]:  # noqa: ANN401
    """``events.stop`` as gradio calls it."""

    def run(request: Any) -> None:  # noqa: ANN401 - gradio's
        events.stop(pool, str(request.session_hash or ""))

    run.__annotations__["request"] = gr.Request
    return run


def _question_box(gr: Any, texts: Texts) -> Any:  # noqa: ANN401 - gradio is untyped
    return gr.Textbox(
        label=texts.placeholder,
        placeholder=texts.placeholder,
        show_label=False,
        container=False,
        max_lines=4,
        max_length=MAX_QUESTION,
        autofocus=True,
        scale=1,
    )


def _on(
    event: Any,  # noqa: ANN401 - gradio is untyped
    fn: Callable[..., Any],
    inputs: Any,  # noqa: ANN401
    outputs: Any,  # noqa: ANN401
    js: str | None = None,
) -> Any:  # noqa: ANN401
    # how many are answered at the same time is the pool's business
    done = event(fn, inputs, outputs, js=js, concurrency_limit=None, **_QUIET)
    done.then(None, js=_SHOW_NEWEST, api_visibility="private")
    return done


def mount_pages(app: FastAPI, engine: Engine) -> None:
    """Mount the page in each language. It loads nothing from, and says nothing to, the network."""
    os.environ.update(_GRADIO)

    async def mount() -> None:
        _mount(app, engine)

    # outside a running event loop, gradio leaves one unclosed behind every lock it makes
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(mount())
    else:
        _mount(app, engine)


def _mount(app: FastAPI, engine: Engine) -> None:
    import gradio as gr
    from starlette.routing import Route

    for name, texts in LANGUAGES.items():
        gr.mount_gradio_app(
            app,
            build_page(engine, app.state.pools.asks, texts),
            path=f"/{name}",
            footer_links=[],
            run_history=False,
            show_error=False,
            ssr_mode=False,
            theme=gr.themes.Base(
                primary_hue="cyan", neutral_hue="slate", font=list(_FONTS), font_mono=list(_MONO)
            ),
            css_paths=STYLES,
        )
        mounted: Any = app.router.routes.pop()
        shell = Shell(mounted.app, f"/{name}")
        app.router.routes += [Route(f"/{name}/", shell, methods=["GET", "HEAD"]), mounted]
