"""What asking gives: Answer, Citation, Item. Plain data, ready for JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Granularity = Literal["span", "sentence", "passage", "list"]
JOINT = "；"  # between the items of an answer that stands in several places


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that name a provision: 依第十四條, 《行政处罚法》第三十三条, and where that is.

    They stand at ``start`` to ``end`` in a citation's quote, or in a document's text. The provision is
    ``document_id``'s, at ``target`` in its ``source_text``; ``article`` and ``provision`` are as in a
    citation.
    """

    start: int
    end: int
    document_id: str
    article: str
    provision: dict[str, str]
    target: tuple[int, int]


@dataclass(frozen=True, slots=True)
class RowCell:
    """A value of a table's row: ``quote[start:end] == value`` in its citation; ``column`` is its name.

    The name is copied from the quote too, and empty for what names a group of rows.
    """

    column: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage as evidence, checkable character by character.

    ``original == source_text[start:end]`` in the document as it was read; ``quote`` is the same
    passage repaired; ``highlight`` are half-open places in ``quote``, and ``source_highlight`` the
    places in ``source_text`` that they were read from. Scores: higher is better.

    Of a statute ``article`` is the article as it is numbered there (第二十四條), ``provision`` the
    numbers of what holds the first highlight, by kind (``{"article": "24", "paragraph": "1"}``),
    ``breadcrumb`` the way to it (第三章 工資, 第二十四條, 第一項), and ``reference`` what it is called
    elsewhere (勞動基準法第24條第1項). All are empty outside statutes. ``references`` are the provisions
    that the quote names, of statutes in the library.

    ``standing`` says what the text is on the day that was asked of: ``in_force``, ``superseded``,
    ``repealed``, ``expired``, ``draft``, ``not_yet`` or ``unknown``; where a version of it is in force
    that the library has, ``current_id``, ``current_title`` and ``current_date`` are that one's.
    ``jurisdiction`` is a path, outermost first (``TW/臺北市``), empty where it is not known.
    ``read_as`` is how the passage was read: ``text``, ``table`` or ``ocr``.

    ``page`` is the page of the first highlight, or of the beginning. ``row`` are the cells of the row of a
    table that the first highlight stands in, empty elsewhere.
    """

    document_id: str
    title: str
    source: str
    page: int | None
    headings: tuple[str, ...]
    passage_id: str
    start: int
    end: int
    original: str
    quote: str
    highlight: tuple[tuple[int, int], ...]
    retrieval_score: float
    span_score: float
    date: str = ""
    issuer: str = ""
    source_highlight: tuple[tuple[int, int], ...] = ()
    article: str = ""
    provision: dict[str, str] = field(default_factory=dict)
    breadcrumb: tuple[str, ...] = ()
    reference: str = ""
    jurisdiction: str = ""
    standing: str = "unknown"
    current_id: str = ""
    current_title: str = ""
    current_date: str = ""
    references: tuple[Reference, ...] = ()
    read_as: str = "text"
    row: tuple[RowCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Absent:
    """A provision that was asked for by its number and is not there, and what is.

    ``title`` is the statute's, ``asked`` what was asked for (第200條), ``kind`` of which kind that is:
    ``article``, ``part`` or ``division``. There are ``count`` of them in its place, called ``unit``
    (條, 項, 章); ``last`` is what the last article is called.
    """

    title: str
    asked: str
    kind: str
    count: int
    unit: str
    last: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One part of an enumeration: ``citations[citation].quote[start:end] == text``.

    ``label`` is what the question calls the part, where it asks for several by their names; empty
    elsewhere.
    """

    text: str
    citation: int
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another answer that the documents give: ``citations[citation].quote[start:end] == text``.

    ``span_score`` can be compared with the answer's own: higher is better. ``difference`` says in
    what its document differs from the answer's, where that explains it: ``version`` of one text,
    ``jurisdiction``, ``issuer`` or ``date``; empty where it is not known. ``label`` is as in an item.
    """

    text: str
    citation: int
    start: int
    end: int
    span_score: float
    difference: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """Documents of one kind or issuer, ``count`` of them; ``name`` is empty where it is not known.

    ``examples`` are titles of some.
    """

    name: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a library holds: how many documents, of which kinds and by which issuers, most first."""

    documents: int
    kinds: tuple[Holding, ...]
    issuers: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer was made with: enough to tell whether another was made with the same.

    ``library`` is the library's random name and ``revision`` how often it had changed; ``encoder``,
    ``reader`` and ``ranker`` are the models with hashes of what they hold, ``wenju`` the version.
    """

    wenju: str
    library: str
    revision: int
    encoder: str
    reader: str
    ranker: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    When ``answered``, ``answer`` is the text under the first highlight of the first citation and
    ``citations`` is not empty. Otherwise ``answer`` is empty and ``nearest`` holds the passages
    that came closest, and ``reason`` says why: ``nothing_retrieved``, ``uncertain`` (the passages in ``nearest`` probably answer,
    each with its best sentence highlighted, and none of them surely), ``nothing_in_scope`` (no
    document is in the scope), ``not_in_force`` (only found in versions that do not count on the
    day that was asked of), ``not_supported`` (retrieved, but not answered) or
    ``answers_disagree``; where a provision was asked for by its number, ``no_such_provision``
    (``absent`` says what there is instead), ``no_such_statute``, or ``which_statute`` (none was
    named, or too many are called so). ``no_answer_score`` is higher the less the documents
    support an answer. ``confidence`` is the calibrated probability that the answer is right, None
    from a reader that is not calibrated. ``alternatives`` are different answers of the same kind.
    ``sentence`` is the place in the first citation's quote of the whole sentence, or sentences,
    that the answer stands in; None where nothing was answered. ``question`` is what was typed;
    ``asked`` the question that it stood for in its conversation, empty where it was complete;
    ``reworded`` that question in the documents' words, empty where it was answered in its own.
    ``granularity`` says how much was given: a ``span`` of a sentence, a whole ``sentence``, a
    ``passage`` (an article that was asked for by its number, or one that answers though no words of
    it surely do), or a ``list``. ``best`` is the place in ``answer`` of what in a sentence or a passage
    answers best, None where that is not known or nothing was answered.

    Of a list whose items stand apart (parts of a question, articles of a chapter) ``answer`` is the
    items in order, parted by ``JOINT``, and ``sentence`` None. ``concluded`` is False where the items
    are what a sum, a difference or a comparison would be concluded from, and no document concludes it.
    ``missing`` are the parts of the question, in its words, for which there is no sure answer:
    ``reason`` is ``part_missing`` then, and ``nearest`` shows what answers the others;
    ``not_concluded`` where a sum or difference is asked for that no document tells.

    Where nothing is asked that a passage could answer, ``reason`` is ``word`` for a single word (``nearest``
    are passages that mention it), ``not_mentioned`` where none does, or ``overview`` for a greeting and for
    what the documents are about; ``holdings`` says then what there is.

    ``provenance`` says from which library and with which models it was made; None until the engine sends it.
    """

    question: str
    answered: bool
    answer: str
    kind: str
    items: tuple[Item, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    no_answer_score: float = 0.0
    took_ms: float = 0.0
    reason: str = field(default="")
    confidence: float | None = None
    alternatives: tuple[Alternative, ...] = ()
    sentence: tuple[int, int] | None = None
    asked: str = ""
    reworded: str = ""
    granularity: Granularity = "span"
    absent: Absent | None = None
    best: tuple[int, int] | None = None
    concluded: bool = True
    missing: tuple[str, ...] = ()
    provenance: Provenance | None = None
    holdings: Holdings | None = None

    @property
    def asks_something(self) -> bool:
        """Whether a question was asked, and not a word, a greeting or what there is."""
        return self.reason not in ("word", "not_mentioned", "overview")

    @property
    def joined(self) -> bool:
        """Whether the answer is its items, which stand apart, and no slice."""
        return len(self.items) > 1 and self.answer == JOINT.join(i.text for i in self.items)

    @property
    def statement(self) -> str:
        """The sentence that the answer stands in; empty without an answer."""
        if not self.citations:
            return ""
        quote = self.citations[0].quote
        return quote[slice(*self.sentence)] if self.sentence else self.answer

    @property
    def is_quoted(self) -> bool:
        """Whether it is shown as a quotation: a passage, or a sentence of which a part answers best."""
        return self.granularity == "passage" or self.best is not None

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the command line and the API."""
        return asdict(self)


def reference(citation: Citation) -> str:
    """``《title》（issuer，date）heading，p. 3, characters 812–833 of press.txt``, in one line.

    Of a statute it is the way that statutes are cited, 勞動基準法第24條第1項（2024-07-31）. What the
    document does not say is left out. The characters are those of the source text.
    """
    start, end = (citation.source_highlight or ((citation.start, citation.end),))[0]
    about = "，".join(part for part in (citation.issuer, citation.date) if part)
    heading = () if citation.reference else citation.headings[-1:]
    place = [*heading, f"p. {citation.page}" if citation.page is not None else ""]
    parts = [
        (citation.reference or f"《{citation.title}》") + (f"（{about}）" if about else ""),
        *(part for part in place if part),
        f"{citation.source}:{start}–{end}",
    ]
    return "，".join(parts)


def with_reference(answer: Answer) -> str:
    """The answer in quotation marks and, a line to each, the references of all its citations.

    An answer in several parts is quoted part by part, each behind its name if it has one. Empty where nothing was answered.
    """
    if not answer.answered:
        return ""
    said = [(item.label, item.text) for item in answer.items] or [("", answer.answer)]
    quoted = "".join(f"{label}「{text}」" for label, text in said)
    return "\n".join([quoted, *(reference(citation) for citation in answer.citations)])
