"""What lines say by their form: labels, headings, questions, tables. Over folded text."""

from __future__ import annotations

import re

from wenju.corpus.layout import outline
from wenju.qa.numbers import any_of

BAR = " | "  # stands between the cells of a table's row

_ASKS = re.compile(r"^\s*(?:问|q)\s*\d*\s*[:：、.]|[?？][\"”」』]?\s*$")
_SAYS = re.compile(r"[，,。；：:！!?\d|]")
# 發布時間：… says when the page was put up, not when what it tells of happens
_PAGE_LINE = re.compile(
    r"^\s*[（(\[]?\s*(?P<label>发布|印发|发文|成文|更新|来源|published|updated)[^:：]{0,6}[:：]"
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

_LIMITS = (
    re.compile("最[高多长大]|至多|上限|封顶|不[超高多]|maximum|largest|longest|at most|up to"),
    re.compile("最[低少短小]|至少|起码|下限|不[低少]|minimum|smallest|shortest|at least"),
)


def _compiled(words: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(any_of(alternatives)) for kind, alternatives in words.items()}


LABELS, CUES, HEADED = _compiled(_LABELS), _compiled(_CUES), _compiled(_HEADED)


def asks(text: str) -> bool:
    """Whether a statement is a question."""
    return bool(_ASKS.search(text))


def names_kind(label: str, kind: str, question: str) -> bool:
    """Whether a line's label names what is asked for (地點：…), and not the page's own."""
    wanted = LABELS.get(kind)
    if not wanted or not wanted.search(label):
        return False
    of_page = _OF_PAGE.search(label)
    return not of_page or of_page.group() in question


def same_limit(question: str, text: str) -> bool:
    """Whether the most (or the least) is asked for, and the text says that it is the most."""
    return any(limit.search(question) and limit.search(text) for limit in _LIMITS)


def page_label(text: str) -> str:
    """The label of a line that only says who put up the page when; empty for any other."""
    line = _PAGE_LINE.match(text)
    return line["label"] if line else ""


def asks_of_document(question: str) -> bool:
    """Whether a folded question is for something of the document itself, as its date."""
    return bool(_OF_DOCUMENT.search(question))


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
