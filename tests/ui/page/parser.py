"""Reading HTML as a browser does, and answers to draw."""

from __future__ import annotations

from html.parser import HTMLParser

from wenju.qa.answer import Answer, Citation

QUOTE = "對生態型聯合體，給予最高1000萬元支持；對任務型聯合體，給予最高500萬元支持。"
AT = QUOTE.index("最高1000萬元")
CITATION = Citation(
    document_id="d1",
    title="新聞發布會",
    source="press.txt",
    page=3,
    headings=("第一章", "支持政策"),
    passage_id="p1",
    start=100,
    end=100 + len(QUOTE),
    original=QUOTE,
    quote=QUOTE,
    highlight=((AT, AT + 8),),
    retrieval_score=3.811,
    span_score=0.777,
    date="2024-05-16",
    issuer="科技局",
    source_highlight=((100 + AT, 108 + AT),),
)
ANSWER = Answer(
    "最高支持多少",
    True,
    "最高1000萬元",
    "amount",
    citations=(CITATION,),
    took_ms=42.0,
    sentence=(0, len(QUOTE)),
)
UNANSWERED = Answer("天氣如何", False, "", "other", nearest=(CITATION,), reason="not_supported")
HOSTILE = [
    "<script>alert(1)</script>",
    "</div></aside></section>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x=\'',
    "**bold** _slanted_ [link](javascript:alert(1)) # heading",
    "$x$ $$\\frac{1}{2}$$ \\(a\\)",
    "{{value}} ${1+1} `code` {question}",
    "&lt;b&gt; &amp;",
]


class Page(HTMLParser):
    """The tags and the visible text of a piece of HTML, and whether its tags are balanced."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: set[str] = set()
        self.values: list[tuple[str, str]] = []
        self.text = ""
        self.marked = [""]
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("input", "meta"):
            self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values += [(name, value or "") for name, value in attrs]
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "mark" in self.open:
            self.marked[-1] += data

    def data(self, name: str) -> list[str]:
        """The values of every attribute of this name, in order."""
        return [value for attribute, value in self.values if attribute == name]


def text_of(markup: str, css: str) -> str:
    """The text of the one ``div`` of a class that holds no other ``div``."""
    [inner] = [
        piece.partition(">")[2].partition("</div>")[0]
        for piece in markup.split("<div")
        if f'class="{css}"' in piece.partition(">")[0]
    ]
    return Page(inner).text
