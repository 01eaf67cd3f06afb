"""The bundled samples and their gold pairs: what they hold, and that one stands in the other."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.damage import damage, undamaged
from wenju.corpus import samples
from wenju.corpus.build import build_document
from wenju.corpus.document import Document
from wenju.corpus.read import find_files, read_file
from wenju.corpus.script import to_simplified, to_traditional
from wenju.eval import gold

SAMPLES = Path(next(iter(samples.__path__)))
GOLD = Path(next(iter(gold.__path__))) / "samples.jsonl"

# characters that the page of the briefing changed but did not annotate, as such pages do
BARE = frozenset("來們兩參員單園將專從決為種組給縣聞與記訪試謝議資鏈開間閱題類體")

MEETING = (
    "云溪市召开智能传感产业创新中心领导小组会议\n"
    "发布单位：云溪市人民政府办公室\n"
    "发布日期：2023年12月8日\n"
    "12月7日，云溪市召开智能传感产业创新中心领导小组（扩大）会议，听取创新中心一年来的建设情"
    "况，研究明年的重点任务。市委书记季怀川出席会议并讲话，市长贺兰舟主持会议，副市长简月明"
    "汇报工作进展。\n"
    "创新中心于2022年10月挂牌，采取“事业单位+运营公司”的双轨模式，建设总体方案简称“"
    "3456”，即三个实验室、四条中试线、五支基金、六类服务。挂牌以来，创新中心与11所高校签订"
    "合作协议，入驻企业达到47家，累计服务企业320家次。今年8月，创新中心代表云溪市参加全国先"
    "进制造业集群竞赛，从近80家参赛单位中脱颖而出，获得二等奖。\n"
    "季怀川指出，创新中心要当好三个角色：一是关键技术的策源地，二是专业人才的集聚区，三是公"
    "共服务的示范点。要在体制机制改革方面先行一步。科学安排研发布局，集中力量补齐高端传感芯"
    "片、柔性材料、封装测试三块短板，力争到2026年全市智能传感产业规模达到800亿元。\n"
    "季怀川强调，对创新中心实行“一年一评估、三年一考核”，评估结果与运营经费挂钩。连续两次"
    "评估不合格的研发项目，由领导小组办公室收回剩余资金。要鼓励探索、宽容失败，对按程序决"
    "策、勤勉尽责而没有实现预期目标的项目负责人，不作负面评价。\n"
    "贺兰舟要求，领导小组办公室设在市工业和信息化局，每月召开一次调度会，及时协调解决问题。"
    "市财政局明年安排专项资金1.5亿元，在3月底前拨付到位；高新区在6月30日前交付二期厂房3.2万"
    "平方米；市人力资源和社会保障局为引进的领军人才提供最长五年的人才公寓。\n"
    "市直有关部门、高新区和创新中心理事会成员单位负责人参加会议。\n"
)

BRIEFING = (
    "青原市政府新闻发布会\n"
    "- 时间：2024年6月20日14:30\n"
    "- 地点：青原市融媒体中心一号演播厅\n"
    "- 新闻发言人：市政府新闻办公室副主任欧阳岚\n"
    "- 出席领导：市农业农村局局长闻立峰、市大数据管理局副局长戚晓彤\n"
    "关于《青原市数字乡村建设三年行动方案》的新闻发布稿\n"
    "青原市农业农村局局长 闻立峰\n"
    "各位新闻界的朋友们：\n"
    "大家上（下）午好！\n"
    "首先，我代表市农业农村局，感谢媒体朋友们长期以来对乡村建设的关心。下面，我介绍《青原市"
    "数字乡村建设三年行动方案》的有关情况。\n"
    "一、制定背景\n"
    "我市行政村在2021年已全部通光纤，但是数据不通、应用不多的问题仍然突出。今年1月起，市农业"
    "农村局会同市大数据管理局走访了62个村，发放问卷3500份，方案经市政府常务会议审议通过，于"
    "6月12日印发。我们希望通过三年努力，让农民从“能上网”转变为“用好网”。\n"
    "二、主要内容\n"
    "方案确定了四项工程。一是网络提速工程，到2026年底，5G信号覆盖全部自然村。二是智慧农业工"
    "程，建设数字农场30家、数字渔场12家，农业生产信息化率达到45%。三是农村电商工程，每个县建"
    "成一个电商产业园，农产品网络零售额突破90亿元。四是数字治理工程，在所有乡镇推行“村务"
    "码”，村级事务网上公开率达到100%。\n"
    "三、资金保障\n"
    "市财政三年安排数字乡村专项资金2.4亿元。对验收合格的数字农场给予最高80万元补助，对数字渔"
    "场给予最高60万元补助。资金安排坚持公开透明。科学评价资金绩效，评价结果在市政府网站公"
    "布。\n"
    "记者提问1：请问普通农户怎样参加培训？\n"
    "答：谢谢提问。今年将举办农民手机应用技能培训240期，每期两天，学费和教材全部免费。年满"
    "16周岁的农村居民，可以到所在乡镇的农业服务中心报名，也可以拨打热线0836-5550177。\n"
    "记者提问2：数据安全如何保障？\n"
    "答：市大数据管理局负责建立涉农数据分级分类管理制度，个人信息不得用于商业推销。每年开展"
    "两次安全检查，发现违规的单位，暂停其数据使用权限六个月。谢谢！\n"
)

DAMAGED = {
    "meeting.txt": (MEETING, damage(MEETING)),
    "briefing.txt": (BRIEFING, damage(BRIEFING, misplaced=1, bare=BARE)),
}


def _gold() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    header, *pairs = map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    return header, pairs


HEADER, PAIRS = _gold()
ANSWERABLE = [pair for pair in PAIRS if pair["answerable"]]


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    sources = [source for path in find_files([SAMPLES]) for source in read_file(path)]
    return {source.name: build_document(source) for source in sources}


def _script(text: str) -> str:
    """``hant``, ``hans`` or ``latin``: which conversion changes fewer characters."""
    if not re.search("[一-鿿]", text):
        return "latin"
    to_hans, to_hant = to_simplified(text), to_traditional(text)
    changed = [sum(a != b for a, b in zip(text, c, strict=False)) for c in (to_hans, to_hant)]
    return "hant" if changed[0] > changed[1] else "hans"


@pytest.mark.parametrize("pair", ANSWERABLE, ids=lambda pair: str(pair["id"]))
def test_every_answer_stands_in_its_document(
    pair: dict[str, Any], documents: dict[str, Document]
) -> None:
    text = documents[pair["document"]].text
    assert [answer for answer in pair["answers"] if answer not in text] == []


def test_the_shortest_answer_comes_first_and_answers_differ() -> None:
    for pair in ANSWERABLE:
        lengths = [len(answer) for answer in pair["answers"]]
        assert lengths[0] == min(lengths), pair["id"]
        assert len(set(pair["answers"])) == len(lengths), pair["id"]


def test_unanswerable_pairs_name_no_answer_and_no_document() -> None:
    unanswerable = [pair for pair in PAIRS if not pair["answerable"]]
    assert len(unanswerable) >= 12
    assert {(tuple(pair["answers"]), pair["document"]) for pair in unanswerable} == {((), None)}


def test_ids_and_questions_are_distinct() -> None:
    assert len(PAIRS) >= 72
    for key in ("id", "question"):
        assert [v for v, n in Counter(pair[key] for pair in PAIRS).items() if n > 1] == []


def test_the_header_leads_to_the_samples() -> None:
    assert (GOLD.parent / HEADER["documents"]).resolve() == SAMPLES.resolve()


def test_every_document_is_asked_about(documents: dict[str, Document]) -> None:
    assert {pair["document"] for pair in ANSWERABLE} == set(documents)


def test_many_questions_are_in_the_other_script(documents: dict[str, Document]) -> None:
    kinds = Counter(
        (_script(pair["question"]), _script(documents[pair["document"]].text))
        for pair in ANSWERABLE
    )
    assert kinds["hans", "hant"] >= 15
    assert kinds["hant", "hans"] >= 15
    assert kinds["latin", "latin"] >= 8


def test_formats_and_scripts(documents: dict[str, Document]) -> None:
    files = {name.split("#")[0]: _script(document.text) for name, document in documents.items()}
    assert Counter(Path(name).suffix for name in files) == {
        ".txt": 8,
        ".html": 2,
        ".md": 2,
        ".csv": 1,
        ".docx": 1,
        ".jsonl": 1,
        ".pdf": 1,
    }
    assert Counter(files.values()) == {"hant": 8, "hans": 7, "latin": 1}
    assert len(documents) == 23
    assert [page.number for page in documents["housing.pdf"].pages] == [1, 2]


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_sample_is_its_clean_text_damaged(name: str) -> None:
    assert (SAMPLES / name).read_text(encoding="utf-8") == DAMAGED[name][1]


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_sample_shows_every_kind_of_damage(name: str) -> None:
    damaged = DAMAGED[name][1]
    annotations = len(re.findall(r"[一-鿿]\([a-zà-üāēěīōūǎǐǒǔǘǚǜ]+\)", damaged))
    assert annotations > 150
    assert "ldquo;" in damaged
    assert [damaged.count(sign) for sign in ("rdquo;", "??茖W(xué)")] == [1, 1]
    assert ("變?yōu)?ldquo;" in damaged) == (name == "briefing.txt")
    assert not re.search("[，：；？！（）]", damaged)


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_sample_is_repaired_wholly(name: str, documents: dict[str, Document]) -> None:
    assert documents[name].text.strip() == undamaged(DAMAGED[name][0]).strip()
    assert "unresolved" not in documents[name].repair_counts


def test_what_only_looks_damaged_stays(documents: dict[str, Document]) -> None:
    assert "大家上(下)午好!" in documents["briefing.txt"].text
    assert "(擴大)會議" in documents["meeting.txt"].text


def test_only_the_two_are_repaired(documents: dict[str, Document]) -> None:
    assert {name for name, document in documents.items() if document.repairs} == set(DAMAGED)


def test_menus_and_footers_are_not_text(documents: dict[str, Document]) -> None:
    assert "隱私權政策" not in documents["library.html"].text
    assert "相关阅读" not in documents["bus.html"].text
