"""What the ranker is asked: gold sets, made ones, and questions over many statutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from wenju.corpus.document import Source, content_id
from wenju.corpus.script import fold
from wenju.eval.datasets import GoldQuestion, GoldSet, sample
from wenju.eval.training.everyday import everyday, in_english, is_for_network
from wenju.eval.training.layouts import layouts, other_places, other_years
from wenju.eval.training.network.briefings import briefings
from wenju.eval.training.network.gold import Example, held_out, read
from wenju.eval.training.network.laws import Article, articles, folded
from wenju.eval.training.network.notices import notices
from wenju.eval.training.network.rules import made
from wenju.eval.training.network.scales import scales
from wenju.eval.training.network.translated import translated

_MADE, _SEED = 300, 77
_DRAWN = 30000  # articles of each archive that questions are made of
_STATUTES = 300  # made questions that are asked over statutes
AMONG = 2000  # articles of each archive that are in the library beside those that answer


def unseen(gold: GoldSet) -> GoldSet:
    """The questions on texts that were held out when the network was trained; all documents stay."""
    texts = {content_id(source.text): fold(source.text) for source in gold.sources or ()}
    kept = tuple(q for q in gold.questions if held_out(texts[q.document or ""]))
    return replace(gold, questions=kept)


def alone() -> list[GoldSet]:
    """Made questions, each of them asked of a document of its own."""
    own = [e for e in everyday() if not is_for_network(e.text)]
    told = [*notices(_MADE, _SEED), *briefings(240, 78)]
    sets = {
        "notices": told,
        "layouts": layouts(_MADE, _SEED),
        "other years": other_years(told)[:80],
        "other places": other_places(own)[:160],
        "scales": scales(120, 79),
    }
    return [made_set(name, examples) for name, examples in sets.items()]


def among_statutes(laws: Sequence[Path], pairs: Sequence[Path]) -> list[GoldSet]:
    """Questions that are asked over thousands of articles: made, in everyday words, in English."""
    others = drawn(laws)
    of_laws = [a for a in map(folded, articles(list(laws), _DRAWN, 0)) if held_out(a[1])]
    english = [e for path in pairs for e in translated(path, _STATUTES, _SEED)]
    sets = {
        "everyday": [e for e in everyday() if not is_for_network(e.text)],
        "statutes": made(of_laws, 40, _SEED),
        "translated": [e for e in english if held_out(e.text)],
    }
    golds = [made_set(name, examples, others) for name, examples in sets.items() if examples]
    return [gold if gold.name == "everyday" else sample(gold, _STATUTES, 0) for gold in golds]


def asked_in_english(paths: Sequence[Path]) -> list[GoldSet]:
    """Questions of SQuAD-style files in English, over the texts that the network never saw."""
    words = in_english()
    found = [e for path in paths for e in read(path, words) if held_out(e.text)]
    return [made_set("in English", found)] if found else []


def drawn(laws: Sequence[Path]) -> list[Article]:
    """Articles that are asked over, beside those that answer."""
    return articles(list(laws), AMONG, _SEED)


def made_set(
    name: str, examples: Sequence[Example], others: Iterable[tuple[str, str]] = ()
) -> GoldSet:
    """Made questions as a gold set, over their own texts and others (title, text)."""
    sources: dict[str, Source] = {}
    questions = []
    for number, example in enumerate(examples):
        document = content_id(example.text)
        sources.setdefault(document, _source(example.title, example.text))
        answers = tuple(example.text[a:b] for a, b in example.answers)
        asked = (f"{name}{number}", example.question, answers, document)
        questions.append(GoldQuestion(*asked, answerable=bool(answers)))
    for title, text in others:
        sources.setdefault(content_id(text), _source(title, text))
    return GoldSet(name, tuple(questions), tuple(sources.values()))


def _source(title: str, text: str) -> Source:
    name = content_id(text)
    return Source(f"{name}.txt", name, text, title=title)
