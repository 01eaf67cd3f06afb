"""From a question to its answer over one library: look up, else search, read, assemble, verify."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import replace
from itertools import islice

from wenju.corpus import cancellation
from wenju.corpus.document import Document
from wenju.index.catalogue import Catalogue, Catalogues, asked_of
from wenju.index.hit import Hit, Retriever
from wenju.index.library import Library, UnknownDocument
from wenju.index.retriever import HybridRetriever
from wenju.index.scope import Scope
from wenju.index.variants import Variants
from wenju.qa.answer import Answer
from wenju.qa.assembly import assemble, choose, cite, together
from wenju.qa.conversation import Turn, rewrite
from wenju.qa.holdings import holdings_of
from wenju.qa.lookup import Lookup, load_names
from wenju.qa.lookup.answers import listed
from wenju.qa.lookup.facts import answered_fact, read_fact
from wenju.qa.lookup.lookup import Within
from wenju.qa.parts import Composer, counted, counted_items, read_parts
from wenju.qa.parts.chapters import articles
from wenju.qa.parts.extremes import extremes
from wenju.qa.parts.lists import widened
from wenju.qa.parts.members import members
from wenju.qa.parts.stages import stages
from wenju.qa.question import Question, parse
from wenju.qa.reader import Reader, Span
from wenju.qa.rewording import Rewording
from wenju.qa.selection import Selector
from wenju.qa.settings import Settings
from wenju.qa.standing import labelled, read_selection
from wenju.qa.steps import Run, Step, Tell, silent
from wenju.qa.unasked import asks_for_overview, mentions, unasked, word_of
from wenju.qa.verification import check

_LOOKED_AT = 20  # passages that may mention a word
_SURE = 0.5  # confidence from which an answer needs no second look
_ALL = 2000  # passages of a statute, of which those of one provision are kept
_TRIES = 3  # how often a question is asked anew while documents are being removed


class Answerer:
    """Answers questions with what a retriever finds in a library and a reader reads there."""

    def __init__(
        self,
        settings: Settings,
        library: Library,
        retriever: Retriever,
        reader: Reader,
        rewording: Rewording,
    ) -> None:
        self.retriever = retriever
        self.reader = reader
        self.catalogues = Catalogues(library)
        self._settings = settings
        self._library = library
        self._rewording = rewording
        self.lookup = Lookup(library, load_names(settings.statute_names, settings.home))

    def literal(self) -> Answerer:
        """The same one, which asks every question in its own words only."""
        other = copy(self)
        other._rewording = Rewording(Variants({}))
        return other

    def answer(
        self, question: str, scope: Scope, earlier: Sequence[Turn], tell: Tell = silent
    ) -> Answer:
        """The answer to a question as it was typed, its steps told of; raises BadQuestion."""
        run = Run(tell)
        typed = parse(question, self._settings.max_question_characters)
        if looked_up := self._look_up(typed, run, scope, earlier):
            return looked_up
        if asks_for_overview(typed, follows=bool(earlier)) and self.catalogues.current().documents:
            return self._overview(typed, run, scope, "overview")
        rewritten = rewrite(typed.text, earlier)
        if not rewritten.changed:
            return self._in_parts(typed, run, scope)
        parsed = parse(rewritten.question, self._settings.max_question_characters)
        answer = self._look_up(parsed, run, scope) or self._in_parts(parsed, run, scope)
        return replace(answer, question=typed.text, asked=parsed.text)

    def _in_parts(self, question: Question, run: Run, scope: Scope) -> Answer:
        """The answer to a question, part by part where it asks for several things.

        A single word asks nothing: what mentions it is shown.
        """
        if word := word_of(question):
            return self._mentions(question, word, run, scope)
        request = read_parts(question.text)
        items = counted_items(question.text) if request is None else ""

        def ask(text: str) -> Answer:
            part = parse(text, max(len(text), self._settings.max_question_characters))
            return self._look_up(part, run, scope) or self._searched(part, run, scope)

        if request:
            answer = Composer(self._library, ask).answer(question, request)
        else:
            answer = counted(self._searched(question, run, scope), items, ask)
        return replace(answer, took_ms=run.took_ms)

    def _overview(self, question: Question, run: Run, scope: Scope, reason: str) -> Answer:
        """What there is to be asked of."""
        catalogue = self.catalogues.current()
        held = holdings_of(catalogue, catalogue.holding(scope))
        return unasked(question, reason, holdings=held, took_ms=run.took_ms)

    def _mentions(self, question: Question, word: str, run: Run, scope: Scope) -> Answer:
        """The passages that mention a word; where none is found, what there is instead."""
        catalogue, asked = self.catalogues.current(), asked_of(question.folded, scope.as_of)
        run.tell(Step("searching"))
        ids = catalogue.answering(scope, asked)
        hits = self.retriever.search(question.query, _LOOKED_AT, ids)
        spans = list(islice(mentions(word, hits), self._settings.nearest))
        try:
            documents = self._documents(spans)
        except UnknownDocument:  # removed since it was found
            return self._mentions(question, word, run, scope)
        if not spans and catalogue.documents:
            return self._overview(question, run, scope, "not_mentioned")
        answer = unasked(question, "word", nearest=tuple(cite(s, documents) for s in spans))
        check(answer, {s.hit.passage.id: s.hit.passage for s in spans}, documents)
        answer = labelled(self.lookup.located(answer, documents), catalogue, asked.day)
        return replace(answer, took_ms=run.took_ms)

    def _look_up(
        self, question: Question, run: Run, scope: Scope, earlier: Sequence[Turn] = ()
    ) -> Answer | None:
        """The provision that is asked for by its number, or why there is none; None for all else."""
        catalogue = self.catalogues.current()
        asked = asked_of(question.folded, scope.as_of)
        ids = catalogue.answering(scope, asked)
        try:
            found = self.lookup.answer(question, ids, earlier, self._settings.nearest)
            found = found or self._fact(question, catalogue, ids)
        except UnknownDocument:
            return None  # removed while it was looked up: what is left is searched
        if found is None:
            return None
        return replace(labelled(found, catalogue, asked.day), took_ms=run.took_ms)

    def _fact(
        self, question: Question, catalogue: Catalogue, ids: Collection[str] | None
    ) -> Answer | None:
        """What a document says of itself, where just that is asked for; None for all else."""
        request = read_fact(question.folded, catalogue.documents, self.lookup.catalogue, ids)
        if request is None:
            return None
        document = self._library.document(request.document_id)
        found = answered_fact(question, request, document, self._library.passages_of)
        return self.lookup.located(found, {document.id: document}) if found else None

    def _searched(self, parsed: Question, run: Run, scope: Scope) -> Answer:
        for _ in range(_TRIES):
            try:
                return self._ask(parsed, run, scope)
            except UnknownDocument:
                # removed between being found and being cited: find again without it
                continue
        return self._ask(parsed, run, scope)

    def _ask(self, question: Question, run: Run, scope: Scope) -> Answer:
        """Answer as it is asked; where that is doubtful, once more in the documents' words.

        A question about an article of a statute that it names is answered from that statute; which
        article provides for a matter is told by what is answered about the matter.
        """
        catalogue, asked = self.catalogues.current(), asked_of(question.folded, scope.as_of)
        ids = catalogue.answering(scope, asked)
        if matter := self.lookup.matter(question, ids):
            about, statutes = matter
            answer = self._ask(parse(about, len(about)), run, scope.only(statutes))
            return labelled(self.lookup.article_of(question, answer), catalogue, asked.day)
        scope = scope.only(self.lookup.named(question, ids))
        within = self.lookup.within(question, ids)
        provided = self._within(question, run, scope, within) if within else None
        if provided is None:
            answer, hits = self._read(question, run, scope)
            provided = _whole(within, answer) or self._of_structure(question, hits, answer)
        if provided:
            return replace(labelled(provided, catalogue, asked.day), took_ms=run.took_ms)
        words = self._rewording.of(question, hits) if _is_doubtful(answer) else ""
        if not words:
            return answer
        reworded = parse(words, max(len(words), self._settings.max_question_characters))
        again, _ = self._read(reworded, run, scope)
        if again.answered and again.no_answer_score < answer.no_answer_score:
            return replace(again, question=question.text, reworded=words)
        return replace(answer, took_ms=again.took_ms)

    def _of_structure(self, question: Question, hits: Sequence[Hit], read: Answer) -> Answer | None:
        """What the structure of a document tells: a chapter's articles, stages, the row with the most."""
        if slices := articles(question, hits, self._library):
            held = {s.provisions.document.id: s.provisions.document for s in slices}
            return self.lookup.located(listed(question, slices), held)
        passages_of = self._library.passages_of
        spans = (
            stages(question, hits, passages_of)
            or extremes(question, hits, passages_of, read.statement)
            or members(question, hits, passages_of)
        )
        if not spans:
            return None
        documents = self._documents(spans)
        answer = together(question, spans, [cite(span, documents) for span in spans])
        check(answer, {span.hit.passage.id: span.hit.passage for span in spans}, documents)
        return self.lookup.located(answer, documents)

    def _within(self, question: Question, run: Run, scope: Scope, within: Within) -> Answer | None:
        """What the provision that a question names says of what it asks, where that is sure.

        It may ask for what another says of it: what follows from breaking it.
        """
        if not within.places:
            return within.answer
        answer, _ = self._read(question, run, scope, within)
        return answer if answer.answered else None

    def _read(
        self, question: Question, run: Run, scope: Scope, within: Within | None = None
    ) -> tuple[Answer, Sequence[Hit]]:
        """The answer, and the passages it was looked for in: of a provision only, where one is given."""
        catalogue, settings = self.catalogues.current(), self._settings
        found_by = self.retriever
        usage = found_by.usage if isinstance(found_by, HybridRetriever) else None
        selector = Selector(catalogue, question, scope, usage)

        def search(k: int, ids: Sequence[str] | None) -> list[Hit]:
            cancellation.check()
            run.tell(Step("searching"))
            if within is None:
                return found_by.search(question.query, k, ids)
            found = found_by.search(question.query, _ALL, [*within.places])
            return [hit for hit in found if within.holds(hit.passage)]

        chosen = selector.select(search, settings.passages_read)
        least = settings.min_confidence
        read = read_selection(self.reader, question, chosen, least, catalogue, run.tell)
        shown = choose(read.reading, read.hits, settings, self._library.passages_of)
        shown = widened(question, shown, self._library.passages_of)
        shown = replace(
            shown,
            others=(*shown.others, *read.beside),
            reason=shown.reason and (chosen.reason or shown.reason),
        )
        documents = self._documents(shown.all)
        answer = assemble(question, read.reading, shown, documents, run.took_ms)
        answer = self.lookup.located(answer, documents)
        answer = labelled(answer, catalogue, selector.asked.day)
        check(answer, {span.hit.passage.id: span.hit.passage for span in shown.all}, documents)
        return answer, read.hits

    def _documents(self, spans: Sequence[Span]) -> dict[str, Document]:
        """The spans' documents by id, each read once; raises UnknownDocument."""
        ids = dict.fromkeys(span.hit.passage.document_id for span in spans)
        return {i: self._library.document(i) for i in ids}


def _whole(within: Within | None, unsure: Answer) -> Answer | None:
    """The provision that a question names, where a sentence of it came near and none was sure.

    That sentence is marked as what answers best.
    """
    if within is None:
        return None
    said = [c.quote[a:b] for c in unsure.nearest for a, b in c.highlight]
    whole = within.answer
    best = next((one for one in said if one in whole.answer and one != whole.answer), "")
    at = whole.answer.find(best)
    return replace(whole, best=(at, at + len(best))) if best else None


def _is_doubtful(answer: Answer) -> bool:
    """Whether another wording may do better: refused for want of support, or hardly believed."""
    if answer.answered:
        return answer.confidence is not None and answer.confidence < _SURE
    return answer.reason in ("not_supported", "uncertain")
