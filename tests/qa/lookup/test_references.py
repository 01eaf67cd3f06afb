"""What texts refer to: their own articles, another statute's, and nothing where it is not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from tests.making import source
from tests.qa.lookup.statutes import statutes
from wenju.corpus.script import to_simplified
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

RULES = """勞動基準法施行細則
第一條 本細則依勞動基準法（以下簡稱本法）第五條規定訂定之。
第二條 本法第三條第一項第二款所稱工資，依第一條及第三條之規定。
第三條 依著作權法第一條、第二條及刑法第一條、第二條規定辦理；同法第九條亦同。全文共三條。
"""
ABOUT = {
    "第五條": "勞動基準法",
    "第三條第一項第二款": "勞動基準法",
    "第一條及": "勞動基準法施行細則",
    "第三條之規定": "勞動基準法施行細則",
    "第一條、第二條及刑法": "著作權法",
    "第二條及刑法": "著作權法",
}


@pytest.mark.parametrize("script", [str, to_simplified])
def test_what_a_statute_refers_to(tmp_path: Path, script: type[str]) -> None:
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache")
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        engine.add_sources([*statutes(), source(script(RULES), name="rules.txt")])
        rules = next(d for d in engine.library.documents() if d.name == "rules.txt")
        document = engine.library.document(rules.id)
        found = engine.references(document)
        titles = [engine.library.document(r.document_id).title for r in found]
        expected = [(document.text.index(script(words)), t) for words, t in ABOUT.items()]
        if script is str:  # in Simplified the rules are taken for the mainland's
            assert sorted(zip([r.start for r in found], titles, strict=True)) == sorted(expected)
        for reference in found:
            target = engine.library.document(reference.document_id)
            words = target.source_text[slice(*reference.target)]
            assert words and reference.article
            assert reference.provision["article"] in "12345"


def test_citations_say_what_they_refer_to(laws: Engine) -> None:
    assert laws.ask("勞基法第3條").citations[0].references == ()
    answer = laws.ask("自行車停放在哪裡")
    # a notice has no third article, and names no statute that has
    assert all(not c.references for c in answer.citations if c.title == "自行車停放通知")
