"""Bytes to text: byte-order marks, strict UTF-8, then the East Asian encoding that reads best."""

from __future__ import annotations

import codecs
import re
from functools import cache

from wenju.corpus.errors import ReadError

# UTF-32's little-endian mark begins with UTF-16's, so it is looked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# cp950 is Big5 as Windows writes it; big5hkscs adds Hong Kong's characters.
_LEGACY = ("gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "cp950"}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
# The commonest characters of running text, both scripts: wrong readings hardly ever hit them.
_FREQUENT = frozenset(
    "的一是不了在人有我他這这個个們们中來来上大為为和國国地到以說说時时要就出會会可也你對对生能而子那得於于"
    "著着下自之年過过發发後后作里用道行所然家種种事成方多經经么麼去法學学如都同現现當当沒没動动面起看定天分"
    "還还進进好小部其些主樣样理心她本前開开但因只從从想實实日軍军者意無无力它與与長长把機机十民第公此已工使"
    "情明性知全三又關关點点正業业外將将兩两高間间由問问很最重並并物手應应戰战向頭头文體体政美相見见被利什二"
    "等產产或新己制身果加西斯月話话合回特代內内信表化老給给世位次度門门任常先海通教兒儿原東东聲声提立及比員"
    "員员解水名真論论處处走義义各入幾几口認认條条平系氣气題题活爾尔更別别打女變变四神總总何電电數数安少報报"
    "才結结反受目太量再感建務务做接必場场件計计管期市直德資资命山金指克許许統统區区保至隊队形社便空決决治展"
    "馬马科司五基眼書书非則则聽听白卻却界達达光放強强即像難难且權权思王象完設设式色路記记南品住告類类求據据"
    "程北邊边死張张該该交規规萬万取拉格望覺觉術术領领共確确傳传師师觀观清今切院讓让識识候帶带導导爭争運运"
)
_PUNCTUATION = frozenset("　、。，．：；？！…—–·《》〈〉「」『』【】〔〕（）“”‘’％～－／×○〇●①②③④⑤")
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœùúûüßÀÂÄÅÇÈÉÊÑÖØÜ‘’“”–—…•·«»¿¡°§©®™€£\xa0")
_PLAUSIBLE = 0.35
_CONTROL_SHARE = 0.02


def decode(data: bytes, name: str, *, markup: bool = False) -> str:
    r"""The text of ``data`` with every line end as ``\n``.

    A byte-order mark decides; then, where ``markup`` is set, the charset the page declares, if it
    reads sensibly; then strict UTF-8; then the likeliest of GB18030, Big5 and UTF-16.
    Raises ReadError, naming ``name``, for binary data and for bytes that no encoding explains.
    """
    text = _decode(data, name, markup=markup)
    if "\0" in text:
        raise ReadError(_binary(name), why="damaged")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plausibility(text: str) -> float:
    """How much ``text`` looks like writing, from -1 to 1, higher is better.

    The mean, over everything but printable ASCII, of 1 for frequent characters and punctuation,
    ½ for those of the common planes of GB 2312 or Big5, ¼ for accented Latin letters, 0 for Greek
    and Cyrillic, -½ for other assigned characters, -1 for private-use and control characters. ASCII
    alone scores 1.
    """
    weights = [_weight(c) for c in text if not (" " <= c <= "~" or c in "\t\n\r\f")]
    return sum(weights) / len(weights) if weights else 1.0


def _decode(data: bytes, name: str, *, markup: bool) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _try(data, encoding)
            if text is None:
                raise ReadError(
                    f"{name} is marked as {encoding} but is damaged; save it again.", why="encoding"
                )
            return text.removeprefix("\ufeff")
    declared = _declared(data) if markup else None
    if declared is not None:
        return declared
    utf8 = _try(data, "utf-8")
    return utf8 if utf8 is not None and not _is_binary(utf8) else _guess(data, name)


def _guess(data: bytes, name: str) -> str:
    if b"\0" in data:
        # Only UTF-16 writes zero bytes into text, so that a weak score is enough.
        return _best(data, ("utf-16-le", "utf-16-be"), 0.0) or _fail(data, name)
    if _is_damaged_utf8(data):
        return _fail(data, name)
    return _best(data, _LEGACY, _PLAUSIBLE) or _other(data) or _fail(data, name)


def _best(data: bytes, encodings: tuple[str, ...], floor: float) -> str | None:
    """The most plausible reading that reaches ``floor``; the earlier encoding wins a tie."""
    readings = [text for e in encodings if (text := _try(data, e)) and not _is_binary(text)]
    best = max(readings, key=plausibility, default="")
    return best if best and plausibility(best) >= floor else None


def _other(data: bytes) -> str | None:
    """Western and other encodings; charset-normalizer confuses Windows-1252 with its cousins."""
    western = _try(data, "cp1252")
    if western is not None:
        accented = [c for c in western if c > "~"]
        if 0 < len(accented) < 0.3 * len(western) and _WESTERN.issuperset(accented):
            return western
    from charset_normalizer import from_bytes

    match = from_bytes(data, cp_exclusion=list(_LEGACY)).best()
    text = "" if match is None or match.encoding.startswith("utf") else str(match)
    return text if text and not _is_binary(text) else None


def _declared(data: bytes) -> str | None:
    """The text as the page's declared charset reads it; None where that makes no sense."""
    found = _DECLARED.search(data[:4096])
    if found is None:
        return None
    name = found.group(1).decode("ascii").lower()
    text = _try(data, _ALIASES.get(name, name))
    if text is None and name.startswith("big5"):
        text = _try(data, "big5hkscs")
    # A page saved as UTF-8 often keeps the charset it used to declare.
    if text is not None and plausibility(text) < _PLAUSIBLE and _try(data, "utf-8") is not None:
        return None
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _is_binary(text: str) -> bool:
    controls = sum(c < " " and c not in "\t\n\r\f\v\x1a" for c in text)
    return "\0" in text or controls > _CONTROL_SHARE * len(text)


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether nearly all of ``data`` is UTF-8: other encodings would then make nonsense of it."""
    text = data.decode("utf-8", "replace")
    beyond_ascii = sum(c > "\x7f" for c in text)
    return text.count("\ufffd") < 0.1 * beyond_ascii


def _fail(data: bytes, name: str) -> str:
    if b"\0" in data:
        raise ReadError(_binary(name), why="damaged")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name} is in no encoding that could be recognised (as UTF-8 it breaks at byte "
            f"{error.start}); save it as UTF-8 and add it again.",
            why="encoding",
        ) from None
    raise ReadError(_binary(name), why="damaged")


def _binary(name: str) -> str:
    return f"{name} holds binary data, not text; give it the suffix of its real format."


def _weight(character: str) -> float:
    if character in _FREQUENT or character in _PUNCTUATION or "\uff10" <= character <= "\uff5a":
        return 1.0
    if character in _common():
        return 0.5
    if "\xa0" <= character <= "\u024f":
        return 0.25
    if "\u0370" <= character <= "\u04ff":
        return 0.0
    private = "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"
    return -1.0 if private or character < "\xa0" or character == "\ufffd" else -0.5


@cache
def _common() -> frozenset[str]:
    """GB 2312's first plane and Big5's first plane: 6,800 characters in ordinary use."""
    gb = _plane("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    big5 = _plane("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    # Big5's first plane ends at C67E; what follows it is symbols.
    return frozenset(c for c in gb | big5 if "\u4e00" <= c <= "\u9fff")


def _plane(codec: str, leads: range, trails: range | tuple[int, ...]) -> set[str]:
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return {c for pair in pairs for c in pair.decode(codec, "ignore")}
