"""Routes that ask: of the library, of many questions at once, of texts that are sent along; and search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Query

from wenju.corpus import cancellation
from wenju.index.scope import Scope
from wenju.qa.question import BadQuestion
from wenju.qa.steps import Tell, silent
from wenju.ui import serializers
from wenju.ui.api import problems, schemas
from wenju.ui.api.articles import articles_of
from wenju.ui.api.bodies import api_router
from wenju.ui.api.dependencies import EngineDep
from wenju.ui.load.routes import in_pool

if TYPE_CHECKING:
    from wenju.qa.engine import Engine

router = api_router()
_ERRORS = problems.described(404, 422, 503)


def _scope(engine: Engine, given: schemas.ScopeIn, as_of: str = "") -> Scope:
    """What a request leaves of the library; raises UnknownDocument, BadScope."""
    ids = [engine.library.summary(document_id).id for document_id in given.documents]
    return Scope(
        tuple(ids) or None,
        *(tuple(given.kinds), tuple(given.issuers), tuple(given.jurisdictions)),
        *(given.issued_from, given.issued_until, as_of),
    )


@router.post("/ask", response_model=schemas.AskOut, responses=_ERRORS)
@in_pool("asks")
def ask(body: schemas.AskIn, engine: EngineDep) -> dict[str, Any]:
    """Answer a question with words copied from a document, or say that nothing answers it."""
    return answered(body, engine)


def answered(asked: schemas.AskIn, engine: Engine, tell: Tell = silent) -> dict[str, Any]:
    """The answer to a request, and the passages that it wants along; ``tell`` is told of its steps."""
    from wenju.qa.conversation import Turn

    earlier = [Turn(turn.question, turn.answer) for turn in asked.conversation]
    scope = _scope(engine, asked, asked.as_of)
    answer = engine.ask(
        asked.question, scope=scope, earlier=earlier, reword=asked.reword, tell=tell
    )
    hits = []
    if asked.passages:
        understood = answer.reworded or answer.asked or answer.question
        hits = engine.search(understood, asked.passages, scope=scope)
    return serializers.answer_object(answer) | {
        "passages": [serializers.plain(hit) for hit in hits],
        "articles": articles_of(engine, answer, hits) if asked.articles else [],
    }


@router.post("/ask/batch", response_model=schemas.BatchOut, responses=_ERRORS)
@in_pool("asks")
def ask_batch(body: schemas.BatchIn, engine: EngineDep) -> dict[str, Any]:
    """Answer up to 100 questions, one after the other, each for itself."""
    answers = []
    for number, asked in enumerate(body.questions):
        cancellation.check()
        try:
            answers.append(answered(asked, engine))
        except BadQuestion as error:
            raise BadQuestion(f"questions.{number}: {error}") from None
    return {"answers": answers}


@router.post("/read", response_model=schemas.AnswerOut, responses=problems.described(422, 503))
@in_pool("asks")
def read(body: schemas.ReadIn, engine: EngineDep) -> dict[str, Any]:
    """Answer a question from texts that are sent along, and from nothing else; they are not kept."""
    from wenju.qa.texts import Text, answered

    texts = [one if isinstance(one, str) else Text(**one.model_dump()) for one in body.texts]
    parts = (engine.settings, engine.encoder, engine.reader)
    return serializers.answer_object(answered(body.question, texts, *parts))


@router.post("/search", response_model=schemas.SearchOut, responses=_ERRORS)
@in_pool("asks")
def search(body: schemas.SearchIn, engine: EngineDep) -> dict[str, Any]:
    """Find the passages that a question is about, best first."""
    return _found(body, engine)


def _found(asked: schemas.SearchIn, engine: Engine) -> dict[str, Any]:
    hits = engine.search(asked.question, asked.k, scope=_scope(engine, asked))
    return serializers.search_object(asked.question, hits)


@router.get("/search", response_model=schemas.SearchOut, responses=_ERRORS)
@in_pool("asks")
def search_by_url(
    engine: EngineDep,
    question: Annotated[str, Query(examples=["創新聯合體 支持"])],
    k: Annotated[int, Query(ge=1, le=schemas.MAX_HITS)] = 10,
    document: Annotated[tuple[str, ...], Query(max_length=schemas.MAX_DOCUMENTS)] = (),
    kind: Annotated[tuple[schemas.Kind, ...], Query(max_length=schemas.MAX_VALUES)] = (),
    issuer: Annotated[tuple[str, ...], Query(max_length=schemas.MAX_VALUES)] = (),
    jurisdiction: Annotated[tuple[str, ...], Query(max_length=schemas.MAX_VALUES)] = (),
    issued_from: str = "",
    issued_until: str = "",
) -> dict[str, Any]:
    """The same search with its parameters in the address."""
    given = schemas.SearchIn(
        question=question,
        k=k,
        documents=[*document],
        kinds=[*kind],
        issuers=[*issuer],
        jurisdictions=[*jurisdiction],
        issued_from=issued_from,
        issued_until=issued_until,
    )
    return _found(given, engine)
