"""What answers look like: patterns over folded text, by kind of question."""

from __future__ import annotations

import re

from qa.question import MEASURE

_QUALIFIER = (
    r"(?:(?:最高|最低|最多|最少|至多|至少|不超过|不低于|不高于|不少于|不多于|超过|高于|低于|接近|将近|"
    r"大约|约为|约|近|逾|超|共计|累计|合计|达到|达|上限|下限|up to |at least |at most |about |nearly |over )\s*)*"
)
_LATIN_NUMBER = (
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"fifty|sixty|ninety|hundred)\b"
)
_NUMBER = (
    rf"(?:(?:{_LATIN_NUMBER}|\d+(?:,\d{{3}})*(?:\.\d+)?|[〇零一二三四五六七八九十百千两半]+)"
    r"\s*(?:[十百千万亿]+|million|billion|thousand|hundred)?\s*(?:多|余|来)?)+"
)
_CURRENCY = (
    r"(?:元|块钱|圆|美元|美金|港元|港币|欧元|英镑|日元|人民币|yuan|dollars?|euros?|pounds?|rmb)"
)
_YEAR = r"(?:\d{4}|[〇零一二三四五六七八九]{4})\s*年"
_ROC_YEAR = r"(?:中华)?民国\s*(?:\d{1,3}|[〇零一二三四五六七八九十百]+)\s*年"
_SHORT_YEAR = r"(?:今年|去年|明年|前年|本年|同年|当年|次年|翌年|\d{2,3}年)"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:日|号)"
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:份|底|初|上旬|中旬|下旬)?"
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_CLOCK = (
    r"(?:(?:上午|下午|晚上|晚间|中午|凌晨|早上)\s*)?"
    r"(?:\d{1,2}[:：]\d{2}分?|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:时|点)(?!间|候|期|以|评|击|名)(?:整|半|\d{1,2}分)?)"
    r"(?:\s*[ap]\.?m\.?)?"
)  # fmt: skip

AMOUNT = re.compile(
    rf"{_QUALIFIER}(?:(?:人民币|新台币|台币|港币|nt\$|us\$|rmb|usd|twd|cny|[$¥￥€£])\s*)?"
    rf"{_NUMBER}\s*(?:新)?{_CURRENCY}(?:以上|以下|以内)?"
    rf"|{_QUALIFIER}(?:nt\$|us\$|[$¥￥€£]|usd|twd|cny|rmb)\s*\d+(?:,\d{{3}})*(?:\.\d+)?(?:\s*(?:million|billion|thousand|万|亿))?"
)
PERCENTAGE = re.compile(
    rf"{_QUALIFIER}(?:\d+(?:\.\d+)?\s*(?:%|‰|percent|per cent|个百分点)|百分之[〇零一二三四五六七八九十百点两\d.]+"
    r"|[一二三四五六七八九]成|[一二三四五六七八九十两\d]+分之[一二三四五六七八九十两\d]+)(?:以上|以下|以内)?"
)
DATE = re.compile(
    rf"(?:(?:{_ROC_YEAR}|{_YEAR}|{_SHORT_YEAR})\s*{_MONTH}(?:\s*{_DAY})?|{_MONTH}\s*{_DAY}|{_ROC_YEAR}"
    rf"|{_YEAR}(?:底|初|末|春|夏|秋|冬)?|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}"
    rf"|\d{{1,2}} {_MONTHS}(?: \d{{4}})?|{_MONTHS} \d{{1,2}}(?:, ?\d{{4}})?|{_MONTHS} \d{{4}}"
    rf"|公元前?\s*\d+年|\d{{1,2}}世纪(?:\d{{2}}年代)?|\b(?:1[0-9]|20)\d\d\b)"
    rf"(?:\s*[（(][^）)]{{1,4}}[）)])?(?:\s*{_CLOCK})?(?:起|前|以前|之前)?"
)
TIME = re.compile(rf"{_CLOCK}(?:\s*(?:至|到|-|~)\s*{_CLOCK})?")
DURATION = re.compile(
    rf"{_QUALIFIER}{_NUMBER}\s*(?:个)?(?:工作日|工作天|年|个月|月|天|日|周|星期|小时|分钟|学年|years?|months?|weeks?|"
    r"(?:working |business |calendar )?days?|hours?|minutes?)(?!\d|元)(?:内|以内|之内|以上|以下)?"
)
COUNT = re.compile(rf"{_QUALIFIER}{_NUMBER}\s*{MEASURE.pattern}(?!月)(?:以上|以下)?")
NUMBER = re.compile(rf"{_QUALIFIER}\d+(?:,\d{{3}})*(?:\.\d+)?(?:[万亿千百]+)?(?:多|余)?")
CONTACT = re.compile(
    r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+|https?://[^\s，。；、）)\"]+|www\.[^\s，。；、）)\"]+"
    r"|(?:\(?0\d{1,3}\)?[- ]?)\d{3,4}[- ]?\d{3,4}(?:\s*(?:转|分机|ext\.?|#)\s*\d+)?"
    r"|(?<!\d)1\d{10}(?!\d)|(?<!\d)(?:1999|12345|123\d\d|1[19]\d)(?!\d|年)(?:专线|热线)?|(?<!\d)\d{3,5}[- ]\d{3,8}(?:[- ]\d{3,4})?(?!\d)"
    r"|(?<!\d)\(0?\d{1,3}\)\s*\d{3,4}-?\d{3,4}(?!\d)|(?:(?<=专线)|(?<=热线)|(?<=电话)|(?<=拨打)|(?<=拨))\s*[:：]?\s*\d{3,6}(?!\d)"
)
QUOTED = re.compile(r"\"[^\"\n]{1,40}\"|《[^》\n]{1,60}》")
BODY_SUFFIX = re.compile(
    r"(?:委员会|办公室|管理局|工程局|事务所|研究院|研究所|基金会|科学院|理事会|政府|公司|集团|大学|学院|学校|银行|医院|"
    r"协会|学会|商会|联盟|法院|检察院|中心|部门|机关|机构|局|部|厅|署|处|院|委|会|府|科|组|队|所)$"
)
PLACE_SUFFIX = re.compile(
    r"(?:省|市|县|区|镇|乡|村|里|路|街|道|巷|号|楼|室|厅|馆|园|场|站|港|岛|山|河|湖|海|洲|国|州|府|城|大厦|大楼|中心|广场|公园)$"
)
LABELLED = re.compile(r"^[\s\-•·*●○◆■]*(?P<label>[^:：\n。，]{1,14})[:：]\s*(?P<value>[^\n]+)$")
ORDINAL_MARK = re.compile(
    r"(?:(?<=[。；;：:\n])|^)\s*(?:[一二三四五六七八九十]+(?:是|要|、)|第[一二三四五六七八九十]+[,，、]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}\s*[.、．)](?!\d)|[①-⑳])"
)
