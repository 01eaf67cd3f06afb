"""The page: a conversation, and beside it the citations. Shows and formats only."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import WenjuError
from ui import render
from ui.guard import MAX_BODY_BYTES
from ui.render import Turn
from ui.texts import ZH_HANT, Texts

if TYPE_CHECKING:
    from fastapi import FastAPI

    from qa.engine import Engine

CSS = Path(__file__).with_name("chat.css")
MAX_TURNS = 30  # of a conversation, kept and shown
MAX_QUESTION = 500  # characters the box takes
_AT_ONCE = 8  # questions answered at the same time
_LOG = logging.getLogger(__name__)
_FONTS = ("system-ui", "Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei", "sans-serif")
_MONO = ("ui-monospace", "Consolas", "monospace")

# Read by gradio when it is imported and when it starts: report nothing to its makers, and draw up
# no table of all events after every event.
_GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**12),
}
# The page's language decides which glyphs CJK fonts give. A click on a reference brings its
# citation into view, and its turn's panel; links would not do, for the page has a <base>.
_ON_LOAD = """() => {
  document.documentElement.lang = "%s";
  document.addEventListener("click", (event) => {
    const reference = event.target.closest("[data-cite]");
    const citation = reference && document.getElementById(reference.dataset.cite);
    if (!citation) return;
    const wanted = citation.closest(".wj-panel");
    document.querySelectorAll(".wj-panel").forEach((panel) => { panel.hidden = panel !== wanted; });
    citation.scrollIntoView({block: "nearest"});
    citation.focus();
  });
}"""
_SHOW_NEWEST = """() => requestAnimationFrame(() => {
  const newest = document.querySelector(".wj-turn:last-child");
  if (newest) newest.scrollIntoView({block: "nearest"});
  const panel = document.getElementById("wj-side");
  if (panel) panel.scrollTop = 0;
})"""


def answered(engine: Engine, question: str, texts: Texts = ZH_HANT) -> Turn:
    """Ask, and take whatever comes of it as a turn; nothing is raised."""
    try:
        return Turn(question, engine.ask(question))
    except WenjuError as error:
        return Turn(question, trouble=str(error))
    except Exception:
        _LOG.exception("a question could not be answered")
        return Turn(question, trouble=texts.unexpected)


def conversing(
    engine: Engine, texts: Texts, question: str, turns: list[Turn]
) -> Iterator[tuple[str, list[Turn], str, str]]:
    """What the box, the state, the conversation and the panels become: first waiting, then done."""
    question = question.strip()
    if not question:
        yield "", turns, *_shown(engine, turns, texts)
        return
    before = turns[1 - MAX_TURNS :]
    waiting = [*before, Turn(question)]
    yield "", waiting, *_shown(engine, waiting, texts)
    done = [*before, answered(engine, question, texts)]
    yield "", done, *_shown(engine, done, texts)


def _shown(engine: Engine, turns: list[Turn], texts: Texts) -> tuple[str, str]:
    panels = render.panels_html(turns, texts)
    if not turns:
        return render.welcome_html(engine.library.count()[0], texts), panels
    return render.conversation(turns, texts), panels


def _opened(engine: Engine, texts: Texts) -> tuple[str, str]:
    """Header and welcome as of now, for a page that was just opened."""
    documents, passages = engine.library.count()
    header = render.header_html(documents, passages, texts)
    return header, render.welcome_html(documents, texts)


def _cleared(engine: Engine, texts: Texts) -> tuple[str, list[Turn], str, str]:
    return "", [], *_shown(engine, [], texts)


def build_page(engine: Engine, texts: Texts = ZH_HANT) -> Any:  # noqa: ANN401 - gradio is untyped
    """The Gradio Blocks of the page."""
    import gradio as gr

    with gr.Blocks(title=texts.name, analytics_enabled=False, fill_width=True) as page:
        turns = gr.State([])
        header = gr.HTML(elem_id="wj-top", apply_default_css=False)
        with gr.Row(elem_id="wj-main"):
            with gr.Column(scale=7, elem_id="wj-talk"):
                talk = gr.HTML(elem_id="wj-conversation", apply_default_css=False)
                with gr.Row(elem_id="wj-examples"):
                    examples = [gr.Button(e, size="sm", min_width=0) for e in texts.examples]
                with gr.Row(elem_id="wj-ask"):
                    box = _question_box(gr, texts)
                    ask = gr.Button(texts.ask, variant="primary", scale=0, min_width=88)
                    clear = gr.Button(texts.clear, scale=0, min_width=104, elem_id="wj-clear")
            with gr.Column(scale=5, elem_id="wj-side"):
                panel = gr.HTML(render.panels_html([], texts), apply_default_css=False)
        outputs = [box, turns, talk, panel]
        run = partial(conversing, engine, texts)
        for event in (box.submit, ask.click):
            _on(event, run, [box, turns], outputs)
        for button, example in zip(examples, texts.examples, strict=True):
            _on(button.click, partial(run, example), [turns], outputs)
        _on(clear.click, partial(_cleared, engine, texts), None, outputs)
        page.load(
            partial(_opened, engine, texts),
            outputs=[header, talk],
            js=_ON_LOAD % texts.lang,
            api_visibility="private",
            show_progress="hidden",
        )
    return page


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


def _on(event: Any, fn: Callable[..., Any], inputs: Any, outputs: Any) -> None:  # noqa: ANN401
    done = event(
        fn,
        inputs,
        outputs,
        api_visibility="private",
        show_progress="hidden",
        concurrency_limit=_AT_ONCE,
    )
    done.then(None, js=_SHOW_NEWEST, api_visibility="private")


def mount_chat(app: FastAPI, engine: Engine, texts: Texts = ZH_HANT) -> None:
    """Mount the page at ``/``. It loads nothing from, and says nothing to, the network."""
    os.environ.update(_GRADIO)

    async def mount() -> None:
        _mount(app, engine, texts)

    # outside a running event loop, gradio leaves one unclosed behind every lock it makes
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(mount())
    else:
        _mount(app, engine, texts)


def _mount(app: FastAPI, engine: Engine, texts: Texts) -> None:
    import gradio as gr

    gr.mount_gradio_app(
        app,
        build_page(engine, texts),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=MAX_BODY_BYTES,  # gradio takes uploads even for a page without any
        ssr_mode=False,
        theme=gr.themes.Base(
            primary_hue="cyan", neutral_hue="slate", font=list(_FONTS), font_mono=list(_MONO)
        ),
        css_paths=[CSS],
    )
