"""The words that the page needs in every language of its interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from wenju.qa.answer import Answer


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of the page in one language; ``lang`` is its BCP 47 tag.

    Placeholders are in braces. ``script`` are the words that are the browser's own business
    (``ui/page/scripts``), by their names there.
    """

    lang: str
    language: str  # its own name
    name: str
    tagline: str
    held: str
    chat: str
    library: str
    welcome: str
    empty_library: str
    try_these: str
    placeholder: str
    ask: str
    clear: str
    progress: Mapping[str, str]  # by Step.stage; and what stops it
    understood: str
    reworded: str
    edit: str
    sources: str
    sources_hint: str
    nearest: str
    nearest_hint: str
    not_answered: str
    titles: Mapping[str, str]  # above a refusal, by its reason; of others not_answered
    likely: Mapping[str, str]  # of passages that may answer
    mentioned: Mapping[str, str]  # of passages that mention a word
    holdings: Mapping[str, str]  # of what a library holds
    reasons: Mapping[str, str]
    absent: Mapping[str, str]  # by the kind of provision that is not there
    alternatives: str
    not_concluded: str
    namesakes: str
    beside: Mapping[str, str]  # above what is said side by side, by Alternative.difference
    differences: Mapping[str, str]  # by Alternative.difference
    standings: Mapping[str, str]  # by Citation.standing, those that a reader must know of
    current: str
    places: Mapping[str, str]  # countries by the first part of a jurisdiction
    filters: Mapping[str, str]  # by the fields of a scope
    history: Mapping[str, str]
    transcript: Mapping[str, str]
    shelf: Mapping[str, str]  # of the library
    problems: Mapping[str, str]  # by corpus.errors.Why, and of requests that were refused
    sign_in: Mapping[str, str]
    no_passages: str
    page: str
    original: str
    converted: Mapping[str, str]  # by the script of the reader: hans, hant
    open_source: str
    details: Mapping[str, str]  # of a citation: its scores
    certainty: Mapping[str, str]  # by ui.page.showing.CERTAINTIES
    confidence: str
    took: str
    from_source: str
    trouble: str
    you: str
    unexpected: str
    busy: str
    stopping: str
    copy: str
    link: str
    right: str
    wrong: str
    should_not: str
    has_answer: str
    title: str
    date: str
    passages: str
    repairs: str
    read: str
    save: str
    fields_hint: str
    remove: str
    limit: str
    add: str
    add_hint: str
    document_missing: str
    sheet: Mapping[str, str]  # of the pages of a document as they look
    repaired: str
    repaired_from: str
    recognised: str
    recognised_hint: str
    back: str
    previous: str
    following: str
    fields: Mapping[str, str]  # of documents, by what they are called in the API
    kinds: Mapping[str, str]  # of documents
    facts: Mapping[str, str]  # of documents, with {day}
    inventory: Mapping[str, str]  # of what a file holds, with {count}
    notes: Mapping[str, str]  # by corpus.inventory.NoteKind, with {detail}
    read_as: Mapping[str, str]  # of passages that were not read from running text
    script: Mapping[str, str]

    def refusal_title(self, answer: Answer) -> str:
        """What stands above a refusal."""
        return self.titles.get(answer.reason, self.not_answered)

    def refusal(self, answer: Answer) -> str:
        """Why nothing was answered, in a sentence."""
        if answer.absent:
            return self.absent[answer.absent.kind].format(**asdict(answer.absent))
        said = self.reasons.get(answer.reason, answer.reason)
        held = f"{answer.holdings.documents:,}" if answer.holdings else ""
        missing = "、".join(answer.missing)
        return said.replace("{missing}", missing).replace("{documents}", held)
