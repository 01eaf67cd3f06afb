"""What answers look like: patterns over folded text, by kind of question."""

from __future__ import annotations

import re

from wenju.qa.numbers import DIGITS, MEASURE, NUMERAL, QUALIFIER, UNIT, any_of

# --- money -----------------------------------------------------------------------------------
_CURRENCY = (
    any_of(
        "元 块钱 圆 美元 美金 港元 港币 欧元 英镑 日元 人民币 "
        "yuan dollars dollar euros euro pounds pound rmb"
    )
    + "(?![化素件月旦老首宵])"
)
_CURRENCY_NAME = any_of("人民币 新台币 台币 港币")
_CURRENCY_SIGN = r"(?:nt\$|us\$|[$¥￥€£]|usd|twd|cny|rmb)"
_SMALL_CHANGE = r"(?:\d角|[一二三四五六七八九]角)?"
_LIMIT = any_of("以上 以下 以内")
AMOUNT = re.compile(
    rf"{QUALIFIER}(?:(?:{_CURRENCY_NAME}|{_CURRENCY_SIGN})\s*)?{NUMERAL}\s*新?{_CURRENCY}"
    rf"{_SMALL_CHANGE}{_LIMIT}?"
    rf"|{QUALIFIER}{_CURRENCY_SIGN}\s*{DIGITS}(?:\s*(?:million|billion|thousand|万|亿))?"
)

# --- shares ----------------------------------------------------------------------------------
_PARTS = r"[一二三四五六七八九十两\d]+"
PERCENTAGE = re.compile(
    rf"{QUALIFIER}(?:"
    r"\d+(?:\.\d+)?\s*(?:%|‰|percent|per cent|个百分点)"
    r"|百分之[〇零一二三四五六七八九十百点两\d.]+"
    r"|[一二三四五六七八九]成(?:[一二三四五六七八九](?!成))?"
    rf"|{_PARTS}分之{_PARTS}"
    rf"){_LIMIT}?"
)

# --- points in time --------------------------------------------------------------------------
_HAN_DIGIT = "[〇零一二三四五六七八九]"
_YEAR = rf"(?:\d{{4}}|{_HAN_DIGIT}{{4}})\s*年"
_ROC_YEAR = r"(?:中华)?民国\s*(?:\d{1,3}|[〇零一二三四五六七八九十百]+)\s*年"
_SHORT_YEAR = any_of(r"今年 去年 明年 前年 本年 同年 当年 次年 翌年 \d{2,3}年")
_MONTH_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
_PART_OF_MONTH = any_of("份 底 初(?![一二三四五六七八九十]) 上旬 中旬 下旬")
_MONTH = rf"{_MONTH_NUMBER}\s*月{_PART_OF_MONTH}?"
_DAY = r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]|初[一二三四五六七八九十])"
_ENGLISH_MONTH = any_of(
    "january february march april may june july august september october november december"
)
_PART_OF_DAY = any_of("上午 下午 晚上 晚间 中午 凌晨 早上")
_MINUTES = r"(?:整|半|\d{1,2}分|[一二三四五六七八九十]{1,3}分)"
_CLOCK = (
    rf"(?:{_PART_OF_DAY}\s*)?"
    r"(?:\d{1,2}:\d{2}分?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[时点](?![间候期以评击名意要建内共原])"
    rf"{_MINUTES}?)(?:\s*[ap]\.?m\b\.?)?"
)
_CALENDAR = (
    rf"(?:(?:{_ROC_YEAR}|{_YEAR}|{_SHORT_YEAR})\s*{_MONTH}(?:\s*{_DAY})?"
    rf"|{_MONTH}\s*{_DAY}|{_MONTH_NUMBER}\s*月{_PART_OF_MONTH}"
    rf"|{_ROC_YEAR}|{_YEAR}[代底初末春夏秋冬]?"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
    rf"|\d{{1,2}} {_ENGLISH_MONTH}(?: \d{{4}})?|{_ENGLISH_MONTH} \d{{1,2}}(?:, ?\d{{4}})?"
    rf"|{_ENGLISH_MONTH} \d{{4}}"
    r"|公元前?\s*\d+年|\d{1,2}世纪(?:\d{2}年代)?"
    r"|(?<![$¥￥€£])(?<!\d[.,])\b(?:1[0-9]|20)\d\d\b(?![,.]\d|\s*[元%万亿]))"
)
_WEEKDAY_NOTE = r"(?:\s*[（(][^）)]{1,4}[）)])?"
_DATE = rf"{_CALENDAR}{_WEEKDAY_NOTE}(?:\s*{_CLOCK})?"
DATE = re.compile(rf"{_DATE}(?:起|前|以前|之前)?")
PERIOD = re.compile(
    rf"(?P<first>{_DATE})起?\s*(?:至|到|-)\s*(?P<last>{_DATE}|{_DAY}{_WEEKDAY_NOTE})(?:止|前)?"
)
TIME = re.compile(rf"{_CLOCK}(?:\s*(?:至|到|-)\s*{_CLOCK})?")
WEEKDAY = re.compile(
    r"每?(?:星期|周|礼拜)[一二三四五六日天](?:\s*[至到及和、-]\s*(?:(?:星期|周|礼拜)?[一二三四五六日天]))*"
    rf"|{any_of('monday tuesday wednesday thursday friday saturday sunday')}s?"
)

# --- lengths of time, counts -----------------------------------------------------------------
_SPAN_OF_TIME = any_of("工作日 工作天 年 个月 月 天 日 周 星期 小时 分钟 学年")
_ENGLISH_SPAN = (
    r"(?:years?|months?|weeks?|(?:working |business |calendar )?days?|hours?|minutes?)\b"
)
DURATION = re.compile(
    rf"{QUALIFIER}{NUMERAL}\s*(?:个?{_SPAN_OF_TIME}(?!\d|元|岁)|{_ENGLISH_SPAN})"
    rf"{any_of('内 以内 之内 以上 以下')}?"
)
COUNT = re.compile(rf"{QUALIFIER}{NUMERAL}\s*{MEASURE}(?!月)(?:以上|以下)?")
MEASURED = re.compile(rf"{QUALIFIER}{NUMERAL}\s*{UNIT}{any_of('内 以内 之内 以上 以下')}?")
NUMBER = re.compile(rf"{QUALIFIER}{DIGITS}[万亿千百]*[多余]?")

# --- where to turn ---------------------------------------------------------------------------
_LINK_END = r"[^\s，。；、）)\"”]+"
_EXTENSION = r"(?:\s*(?:转|分机|ext\.?|#)\s*\d+)?"
_CALLED = "|".join(
    f"(?<={word}{mark})"
    for word in "专线 热线 电话 拨打 拨".split()
    for mark in ("", ":", " ", ": ")
)
CONTACT = re.compile(
    r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
    rf"|(?:https?://|www\.){_LINK_END}"
    rf"|(?:\(0\d{{1,3}}\)|0\d{{1,3}})[- ]?\d{{3,4}}[- ]?\d{{3,4}}{_EXTENSION}"
    r"|(?<!\d)1\d{10}(?!\d)"
    r"|(?<![\d/.-])(?:1999|12345|123\d\d|1[19]\d)(?![\d/年%]|[.,-]\d)(?:专线|热线)?"
    r"|(?<!\d)\d{3,5}[- ]\d{3,8}(?:[- ]\d{3,4})?(?!\d)"
    r"|(?<!\d)\(0?\d{1,3}\)\s*\d{3,4}-?\d{3,4}(?!\d)"
    rf"|(?:{_CALLED})\d{{3,6}}(?!-?\d)"
)

# --- names -----------------------------------------------------------------------------------
QUOTED = re.compile(r"“[^“”\n]{1,40}”|\"[^\"\n]{1,40}\"|《[^》\n]{1,60}》")
_BODIES = any_of(
    "委员会 办公室 管理局 工程局 事务所 研究院 研究所 基金会 科学院 理事会 政府 公司 集团 大学 学院 学校 "
    "银行 医院 协会 学会 商会 联盟 法院 检察院 中心 部门 机关 机构 局 部 厅 署 处 院 委 会 府 科 组 队 所"
)
_PLACES = any_of(
    "省 市 县 区 镇 乡 村 里 路 街 道 巷 号 楼 室 厅 馆 园 场 站 港 岛 山 河 湖 海 洲 国 州 府 城 "
    "大厦 大楼 中心 广场 公园"
)
BODY_SUFFIX = re.compile(f"{_BODIES}$")
PLACE_SUFFIX = re.compile(f"{_PLACES}$")

# --- lines -----------------------------------------------------------------------------------
# 地点：市民中心
LABELLED = re.compile(r"^[\s\-•·*●○◆■]*(?P<label>[^:：\n。，]{1,14})[:：]\s*(?P<value>[^\n]+)$")
_HAN_NUMBER = "[一二三四五六七八九十]+"
# 一是, 一、, 第一，, （一）, 1., ①
ORDINAL_MARK = re.compile(
    rf"(?:(?<=[。；;：:，,\n])|^)\s*{_HAN_NUMBER}[是要]"
    r"|(?:(?<=[。；;：:\n])|^)\s*(?:"
    rf"{_HAN_NUMBER}、|第{_HAN_NUMBER}[,，、]|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d{1,2}\s*[.、．)](?!\d)|[①-⑳])"
)
