"""What lexical search sees of a text: characters, bigrams and words of its folded form."""

from __future__ import annotations

import logging
import re
import warnings
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from wenju.corpus.script import fold

TERMS_VERSION = "3"
# Han, with the iteration mark and the ideographic zero, which stand inside Chinese words
_HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LATIN = rf"[a-z0-9]+(?:[.\-][a-z0-9]+)*|[^\W\d_a-z{_HAN}]+"
_RUN = re.compile(rf"{_LATIN}|([{_HAN}]+)")
_LATIN_RUN = re.compile(_LATIN)
_HAN_RUN = re.compile(f"[{_HAN}]+")

# Question words and polite filler: they are in every question and say nothing of the answer. The
# last ones are stems.
STOP_WORDS = frozenset(
    "要 会 能 该 应 让 给 做 去 来 找 哪一位 哪一个 哪一年 哪一天 哪一家 哪一种 什么 甚么 什麽 多少 哪些 哪个 哪一 哪里 哪儿 哪年 哪天 哪家 哪位 哪几 谁 何时 何地 何人 何 为何 为什么 如何 怎么 怎样 "
    "怎么样 几 几个 几家 几年 几月 几天 多久 多长 多大 多高 多远 是否 有没有 吗 呢 吧 啊 呀 的 了 着 是 有 在 和 与 及 "
    "或 被 把 请问 请 一下 想 知道 告诉 我 我们 你 您 哪 那 这 个 就 都 也 而 其 之 于 以 为 对 从 到 由 将 "
    "i me my we our you your about the a an of is are was were be been do does did what which who whom whose when where why how "
    "many much to in on at for and or by with from it its that this these those as has have had "
    "will would can could should doe mani whi".split()
)
_STOP_CHARACTERS = STOP_WORDS | frozenset("的了吗呢吧啊呀么什哪谁几")


@dataclass(frozen=True, slots=True)
class Terms:
    """A text's terms by kind, in order, repeated as often as they stand there."""

    characters: list[str]
    bigrams: list[str]
    words: list[str]


@cache
def load_jieba() -> Any:  # noqa: ANN401  (jieba ships no types)
    """The jieba module with its dictionary loaded, quietly and once."""
    with warnings.catch_warnings():
        # invalid escapes in its source, seen when it is compiled for the first time
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    return jieba


def terms(text: str) -> Terms:
    """Characters and bigrams of Han runs, jieba's search-mode words, Latin and digit runs whole."""
    characters: list[str] = []
    bigrams: list[str] = []
    words: list[str] = []
    for match in _RUN.finditer(fold(text)):
        run = match.group()
        if match[1]:
            characters += run
            bigrams += _bigrams(run)
            words += (w for w in load_jieba().cut_for_search(run) if len(w) > 1)
        else:
            characters.append(run)
            words += _latin(run)
    return Terms(characters, bigrams, words)


def _bigrams(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def is_han_term(term: str) -> bool:
    """Whether a term is of a Han run, 〇 and 々 among them, and not of a Latin or digit run."""
    return _HAN_RUN.match(term) is not None


def latin_terms(folded: str) -> frozenset[str]:
    """The terms of a folded text's Latin and digit runs, as they stand among its words."""
    return frozenset(chain.from_iterable(map(_latin, _LATIN_RUN.findall(folded))))


@lru_cache(maxsize=100_000)
def _latin(run: str) -> tuple[str, ...]:
    """The run and, where it is compound, its parts; for words of letters also their stems."""
    parts = [part for part in re.split(r"[.\-]", run) if part]
    stems = (stem(part) for part in parts if part.isalpha())
    return tuple(dict.fromkeys([run, *parts, *stems]))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """An English word's stem by the Snowball stemmer (Porter2)."""
    stemmed: str = _stemmer().stemWord(word)
    return stemmed


@cache
def _stemmer() -> Any:  # noqa: ANN401  (PyStemmer ships no types)
    import Stemmer

    return Stemmer.Stemmer("english", 0)  # ``stem`` remembers


def subject_terms(text: str) -> list[str]:
    """What is compared of a text of which only the subject counts: bigrams and Latin words."""
    found: list[str] = []
    for match in _RUN.finditer(fold(text)):
        run = match.group()
        found += _bigrams(run) if match[1] else _latin(run)
    return found


def query_terms(question: str) -> Terms:
    """The question's terms without question words and filler, each once, in order."""
    found = terms(question)
    return Terms(
        [t for t in dict.fromkeys(found.characters) if t not in _STOP_CHARACTERS],
        [t for t in dict.fromkeys(found.bigrams) if t not in STOP_WORDS],
        [t for t in dict.fromkeys(found.words) if t not in STOP_WORDS],
    )
