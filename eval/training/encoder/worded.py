"""Questions in everyday words with the texts that answer them, and near texts that do not."""

from __future__ import annotations

from collections.abc import Sequence

from wenju.corpus.script import to_simplified, to_traditional
from wenju.eval.training.encoder.pairs import Example, forms
from wenju.eval.training.network import gold
from wenju.eval.training.network.near import by_vectors, shared
from wenju.index.encoder import Encoder

_FOUND, _NEGATIVES = 16, 6
_ALIKE = 0.6  # of its bigrams: then a text is taken for another version of the right one


def from_questions(
    asked: Sequence[gold.Example], others: Sequence[tuple[str, str]], encoder: Encoder
) -> list[Example]:
    """An example to each question that its text answers; ``others`` are more texts (title, text).

    Its negatives are the texts nearest in meaning, by the encoder, that are not known to answer it
    and are no other version of the one that does.
    """
    told = [e for e in asked if e.answers or e.whole]
    texts = list(dict.fromkeys([*((e.title, e.text) for e in told), *others]))
    near = by_vectors([e.question for e in told], [text for _, text in texts], _FOUND, encoder)
    answers = {(e.question, e.text) for e in told}
    found = []
    for example, places in zip(told, near, strict=True):
        wrong = [
            texts[i]
            for i in places
            if (example.question, texts[i][1]) not in answers
            and shared(example.text, texts[i][1]) < _ALIKE
        ]
        if wrong:
            negatives = tuple(
                forms(f"{text[0]}\n{text[1]}", text[1]) for text in wrong[:_NEGATIVES]
            )
            found.append(
                Example(
                    (to_simplified(example.question), to_traditional(example.question)),
                    forms(f"{example.title}\n{example.text}", example.text),
                    negatives,
                    example.title or example.text,
                )
            )
    return found
