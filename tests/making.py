"""Small documents for tests, made by the real parts."""

from __future__ import annotations

from collections.abc import Iterable

from wenju.corpus.build import build_document
from wenju.corpus.document import Document, Passage, Source
from wenju.corpus.passages import cut
from wenju.index.encoder import Encoder
from wenju.index.ingest import AddReport, Ingest
from wenju.index.library import Library

NOTICES = (
    "關於加強自行車停放管理的通知\n一、停放範圍\n市民應當把自行車停放在劃定的區域內。",
    "图书馆开放时间公告\n图书馆周一闭馆，周二至周日上午九点开放，读者凭借书证入馆。",
    "生态型联合体支持办法\n生态型联合体最高支持1000万元，任务型联合体最高支持500万元。",
    "Childcare grant\nFamilies with two children receive 300 pounds each month.",
)


def source(text: str, name: str = "", origin: str = "", title: str = "", date: str = "") -> Source:
    """A source whose name and origin follow from its text where none is given."""
    name = name or f"{text[:6].strip()}.txt"
    return Source(name=name, origin=origin or f"/files/{name}", text=text, title=title, date=date)


def made(
    text: str, name: str = "", origin: str = "", title: str = ""
) -> tuple[Document, list[Passage]]:
    """A document with its passages."""
    document = build_document(source(text, name, origin, title))
    return document, cut(document)


def add(library: Library, encoder: Encoder, texts: Iterable[str]) -> AddReport:
    """Add texts, each from an origin of its own."""
    return Ingest(library, encoder, None).add_sources([source(text) for text in texts])


def state(library: Library) -> dict[str, tuple[object, ...]]:
    """All that a library holds, without what differs from run to run."""
    return {
        d.id: (
            library.document(d.id),
            library.origins_of(d.id),
            library.passages_of(d.id),
        )
        for d in library.documents()
    }


def statute(share: str, day: str, since: str, mark: str = "") -> str:
    """A version of a local statute, with what differs between versions."""
    return (
        f"碧水县城乡居民门诊统筹办法{mark}\n{day}\n"
        f"参保居民在乡镇卫生院就诊的，门诊报销比例为{share}。\n本办法自{since}起施行。\n"
    )


VERSIONS = {
    "old.txt": statute("百分之六十", "2020年3月5日", "2020年4月1日"),
    "new.txt": statute("百分之七十", "2023年8月10日", "2023年9月1日", "（修订）"),
}
ASKED_OF_VERSIONS = "碧水县乡镇卫生院门诊报销比例是多少"
