"""What lines say by their form: labels, headings, questions, tables. Over folded text."""

from __future__ import annotations

import re

from wenju.corpus.alternation import any_of
from wenju.corpus.outline import outline
from wenju.corpus.values.shapes import DATE
from wenju.qa.names import Place
from wenju.qa.question import Question

BAR = " | "  # stands between the cells of a table's row

# 地点：市民中心
LABELLED = re.compile(r"^[\s\-•·*●○◆■]*(?P<label>[^:：\n。，]{1,14})[:：]\s*(?P<value>[^\n]+)$")

_ASKS = re.compile(r"^\s*(?:问|q)\s*\d*\s*[:：、.]|[?？][\"”」』]?\s*$")
_SAYS = re.compile(r"[，,。；：:！!?\d|]")
# 發布時間：… says when the page was put up, not when what it tells of happens
_PAGE_LINE = re.compile(
    r"^\s*[（(\[]?\s*(?P<label>发布|印发|发文|成文|更新|来源|published|updated)[^:：]{0,6}[:：]"
)
# and nothing else: 今天几点开会 is of a meeting
_CLOCK = re.compile(
    "(?:请问)?(?:今天|今日|今年|现在|明天|昨天|后天|前天)[是的]*"
    "(?:(?:星期|礼拜|周)几|几月几[号日]|几[号月年]|几点钟?|哪一?[天年]|什么(?:日子|时候|时间)|(?:民国|西元)几年)"
    r"[了呢啊?？。\s]*"
)
_OF_DOCUMENT = re.compile("发布|公布|印发|发文|成文|签发|出台|通知|公告|文件|通过|施行|生效")
_OF_PAGE = re.compile("发布|发文|印发|成文|更新|来源|点击|浏览")

# what the label of a line or the head of a column is, by what is asked for
_LABELS = {
    "date": "时间 日期 期间 期限 date",
    "time": "时间 time",
    "place": "地点 地址 场所 venue address",
    "contact": "电话 热线 专线 信箱 邮箱 传真 网址 联络 联系 咨询 监督 举报 phone tel e-?mail",
    "amount": "金额 费用 额度 收费 预算 cost fee",
    "duration": "期限 期间 时限 时间",
    "body": "单位 机关 机构 部门",
    "person": "发言人 联系人 联络人 负责人 主持人 召集人 contact",
}
# words that ways, reasons and definitions are told with
_CUES = {
    "method": (
        "登录 登陆 填写 填妥 提交 递交 检具 检附 办理 申请 申报 拨打 前往 通报 关闭 携带 暂停 取消 处以 "
        "由.{1,12}审核 apply submit complete send"
    ),
    "contact": "电话 专线 热线 拨打 请洽 邮箱 phone call ring e-?mail",
    "reason": r"因为 由于 为了 因此 因 缘于 以便 以免 避免 导致 使得 because due\sto so\sthat",
    "definition": r"是指 指 所称 系指 定义为 means refers\sto",
}
# what the heading above calls the kind of thing that is asked for
_HEADED = {
    "method": "程序 流程 步骤 方式 办法 如何 怎么 手续",
    "contact": "联系 联络 咨询 电话",
    "duration": "期限 时限 期间",
}

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LIMITS = (
    re.compile("最[高多长大]|至多|上限|封顶|不[超高多]|maximum|largest|longest|at most|up to"),
    re.compile("最[低少短小]|至少|起码|下限|不[低少]|minimum|smallest|shortest|at least"),
)


def _compiled(words: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(any_of(alternatives)) for kind, alternatives in words.items()}


LABELS, CUES, HEADED = _compiled(_LABELS), _compiled(_CUES), _compiled(_HEADED)


def speaks_of_another_year(question: str, told: str) -> bool:
    """Whether a question names years, and what is told names others and none of them; both folded."""
    years, others = set(_YEAR.findall(question)), set(_YEAR.findall(told))
    return bool(years and others and not years & others)


def asks_the_clock(question: str) -> bool:
    """Whether a folded question is for the day or the hour that it is, which no document knows."""
    return bool(_CLOCK.fullmatch(question))


def asks(text: str) -> bool:
    """Whether a statement is a question."""
    return bool(_ASKS.search(text))


def labelled(question: Question, text: str) -> Place | None:
    """The place of a line's value, where its label names what is asked for (地點：…)."""
    line = LABELLED.match(text)
    wanted = LABELS.get(question.kind)
    if not line or not wanted or not wanted.search(line["label"]):
        return None
    of_page = _OF_PAGE.search(line["label"])
    return line.span("value") if not of_page or of_page.group() in question.folded else None


def same_limit(question: Question, text: str) -> bool:
    """Whether the most (or the least) is asked for, and the text says that it is the most."""
    return any(limit.search(question.folded) and limit.search(text) for limit in _LIMITS)


def is_block(text: str) -> bool:
    """Whether a statement is a labelled line or a table's row: its block names the thing."""
    return BAR in text or bool(LABELLED.match(text))


def is_page_line(question: Question, text: str) -> bool:
    """Whether a line only says who put up the page when, and that is not asked for."""
    line = _PAGE_LINE.match(text)
    return line is not None and line["label"] not in question.folded


def is_signature(question: Question, folded: str, start: int, end: int) -> bool:
    """Whether a line is the date under a document, and not the document's date is asked for."""
    last = start > 0 and not folded[end:].strip()
    dated = last and DATE.fullmatch(folded[start:end].strip())
    return bool(dated) and not _OF_DOCUMENT.search(question.folded)


def is_heading(folded: str, start: int, end: int) -> bool:
    """Whether a line is numbered like a heading, or is the passage's first and says nothing.

    A line with a comma, a colon or a number says something.
    """
    text = folded[start:end]
    found = outline(text)
    first_line = start == 0 and folded[end : end + 1] == "\n"
    return bool(found and found.whole_line) or (first_line and not _SAYS.search(text))


def is_table_head(folded: str, start: int) -> bool:
    """Whether the line at ``start`` is a table's first row."""
    line, _, after = folded[start:].partition("\n")
    before = folded[:start].rstrip("\n").rpartition("\n")[2]
    return BAR in line and BAR in after.split("\n", 1)[0] and BAR not in before
