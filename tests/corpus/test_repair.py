"""Undoing scraping damage: what is proven is repaired, what is not is marked, clean text is left."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import cases
from wenju.corpus.document import Alignment, Repair, apply_repairs
from wenju.corpus.repair import repair
from wenju.corpus.repair.pinyin_annotations import changes, is_reading, is_toned

_SEEDS = Path(
    os.environ.get("WENJU_SEEDS", Path(__file__).resolve().parents[2].parent / "shared" / "seeds")
)
_ANNOTATION = re.compile("[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）]")


def repaired(text: str) -> str:
    return apply_repairs(text, repair(text))


def kinds(text: str) -> dict[str, int]:
    return dict(Counter(r.kind for r in repair(text)))


# --- the converter, as far as its mistakes show how it works -------------------------------------

_READINGS = {
    "學": "xué", "歷": "lì", "統": "tǒng", "應": "yīng", "務": "wù", "業": "yè", "產": "chǎn",
    "優": "yōu", "會": "huì", "動": "dòng", "種": "zhǒng", "發": "fā", "現": "xiàn", "環": "huán",
    "認": "rèn", "證": "zhèng", "驗": "yàn", "選": "xuǎn", "創": "chuàng", "導": "dǎo", "團": "tuán",
    "實": "shí", "護": "hù", "設": "shè", "國": "guó", "關": "guān", "對": "duì", "場": "chǎng",
    "術": "shù", "張": "zhāng", "轉": "zhuǎn", "權": "quán", "藝": "yì", "濟": "jì", "經": "jīng",
}  # fmt: skip


def decode(data: bytes) -> str:
    """GBK as the page's converter read it: a pair that does not decode is one question mark."""
    out, i = [], 0
    while i < len(data):
        width = 1 if data[i] < 0x80 else 2
        out.append(data[i : i + width].decode("gbk", "replace").replace("\ufffd", "?")[:1])
        i += width
    return "".join(out)


def readings(char: str) -> str:
    """A reading of any character, from the dictionary."""
    from pypinyin import Style, lazy_pinyin

    return str(lazy_pinyin(char, style=Style.TONE)[0])


def annotation(char: str) -> bytes:
    return f"({_READINGS[char]})".encode("gbk") if char in _READINGS else b""


def cut(text: str, at: int) -> str:
    """Annotate the text, but lose the first byte of the character at ``at`` to a question mark."""
    before = b"".join(char.encode("gbk") + annotation(char) for char in text[:at])
    behind = b"".join(char.encode("gbk") + annotation(char) for char in text[at:])
    return decode(before) + "?" + decode(behind[1:])


def annotation_across(text: str, at: int, reading: str = "") -> str:
    """Annotate the text, and the pair made of the second byte at ``at`` and the first behind it."""
    pair = (text[at].encode("gbk")[1:] + text[at + 1].encode("gbk")[:1]).decode("gbk")
    inserted = f"({reading})".encode("gbk") if reading else annotation(pair)
    out = b"".join(char.encode("gbk") + annotation(char) for char in text[:at]) + text[at].encode(
        "gbk"
    )
    behind = b"".join(char.encode("gbk") + annotation(char) for char in text[at + 1 :])
    return decode(out + behind[:1] + inserted + behind[1:])


_PRESS = (
    "市科學技術局負責人介紹了發展計劃方面的情況。歷史上，這座城市的產業以紡織為主；"
    "近年來，創新環境不斷優化，企業轉變為創新主體。學習先進經驗，保護知識產權，"
    "是各項工作的基礎。統計顯示，全市服務業實現較快增長，團隊建設和人才選拔取得成效。"
    "市民認為，環保關係每個家庭。對於新技術，專家認證後再行推廣，經濟效益成為重要指標。"
)


def shows_no_wrong_character(text: str, seen: str) -> bool:
    """Each stretch that a slip repair wrote stands in the truth, and gaps are marked."""
    repairs = repair(seen)
    if apply_repairs(seen, repairs) == text:
        return True
    wrote = [r.text for r in repairs if r.kind == "gbk_misalignment"]
    marked = any(r.kind == "unresolved" for r in repairs)
    return all(piece in text for piece in wrote) and (marked or not wrote)


def test_the_simulated_converter_makes_the_damage_that_was_seen() -> None:
    assert cut("方面。科學統籌", 2) == "方面?？茖W(xué)統(tǒng)籌"
    assert annotation_across("轉變為&ldquo;科技", 1) == "轉(zhuǎn)變?yōu)?ldquo;科技"


def test_a_cut_anywhere_is_mended_or_marked_and_never_mistaken() -> None:
    mended = 0
    for at in range(len(_PRESS)):
        seen = cut(_PRESS, at)
        assert shows_no_wrong_character(_PRESS, seen), (_PRESS[at:], repair(seen))
        mended += repaired(seen) == _PRESS
    assert mended == 60  # the others have no annotation near, or lost both bytes of a character


_WORDS_BEFORE_AN_ENTITY = (
    "作為 成為 認為 稱為 變為 視為 列為 身為 分為 以為 人為 行為 學習 歷史 創新 發展 科學 統一 方面 "
    "企業 產業 服務 城市 機制 技術 任務 目標 主體 地位 重點 領域 建設 工作 措施 政策 情況 問題 要求"
).split()


def test_an_annotation_across_a_word_before_an_entity_gives_the_word_back() -> None:
    """Wherever the bytes of the word hold a character that converters annotate."""
    mended = []
    for word in _WORDS_BEFORE_AN_ENTITY:
        pair = decode(word.encode("gbk")[1:3])
        if len(pair) == 1 and changes(pair) and word[0] not in _READINGS:
            seen = annotation_across(f"這項計劃{word}&ldquo;新的起點", 4, readings(pair))
            truth = f"這項計劃{word}“新的起點"
            assert shows_no_wrong_character(truth, seen), repair(seen)
            mended += [word] if repaired(seen) == truth else []
    assert " ".join(mended) == "變為 視為 身為 人為 目標 情況"


_SENTENCES = (
    "全市人民共同努力，城市面貌煥然一新。",
    "老人說起往事，眼裡滿是笑意。",
    "河道兩岸種滿柳樹，水質逐年好轉。",
    "會議要求各部門認真落實責任，確保工程按期完成。",
    "圖書館每週二閉館整理，讀者可以網上續借。",
)


@pytest.mark.parametrize("sentence", _SENTENCES)
def test_every_pair_that_could_be_annotated_across_is_mended_or_marked(sentence: str) -> None:
    for at in range(len(sentence) - 1):
        pair = decode(sentence[at].encode("gbk")[1:] + sentence[at + 1].encode("gbk")[:1])
        if len(pair) == 1 and changes(pair) and sentence[at] not in _READINGS:
            seen = annotation_across(sentence, at, readings(pair))
            assert shows_no_wrong_character(sentence, seen), (seen, repair(seen))


# --- slips, as they are seen ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "seen",
    [
        "方面??茖W(xué)統(tǒng)籌全市",
        "方面?？茖W(xué)統籌全市",
        "方面？茖W(xué)統籌全市",
        "方面？茖W統籌全市",
    ],
)
def test_a_cut_full_stop_comes_back(seen: str) -> None:
    text = f"總體要求方面。圍繞現有產業。\n發展計劃{seen}未來產業空間布局。"
    expected = "總體要求方面。圍繞現有產業。\n發展計劃方面。科學統籌全市未來產業空間布局。"
    assert repaired(text).replace("統(tǒng)", "統") == expected


def test_a_neighbour_elsewhere_in_the_document_decides_the_lost_character() -> None:
    seen = "??茖W(xué)統籌"
    assert repaired(f"經濟方面。社會方面。發展方面{seen}").endswith("發展方面。科學統籌")
    assert repaired(f"重視環保。發展環{seen}").endswith("環保科學統籌")


def test_a_single_half_width_mark_is_left_and_marked() -> None:
    text = "發展計劃方面?茖W(xué)統籌全市"
    assert repaired(text) == "發展計劃方面?科學統籌全市"
    assert [r for r in repair(text) if r.kind == "unresolved"] == [Repair(6, 7, "?", "unresolved")]


def test_an_unaligned_annotation_and_its_entity_are_mended() -> None:
    text = "從“技術創新主體”轉變?yōu)?ldquo;科技創新主體”"
    assert repaired(text) == "從“技術創新主體”轉變為“科技創新主體”"
    assert kinds(text) == {"gbk_misalignment": 1, "html_entity": 1}


def test_lost_bytes_that_nothing_decides_keep_one_mark() -> None:
    text = "他說張優?yōu)?ldquo;科技”"  # 優 is no lead here: whatever stood behind is not known
    result = repaired(text)
    assert "“科技”" in result
    assert "?" in result
    assert any(r.kind == "unresolved" for r in repair(text))


def test_an_annotation_behind_a_latin_letter_that_only_looks_like_a_second_byte() -> None:
    text = "會場茖W(xué)統"
    assert "茖W" in repaired(text)
    assert repaired("這能讓W(xué)公司受益，也讓W公司滿意。") == "這能讓W公司受益，也讓W公司滿意。"


def test_lost_characters_are_marked_and_stay() -> None:
    text = "今天\ufffd\ufffd天氣很好。"
    assert repair(text) == (Repair(2, 4, "\ufffd\ufffd", "unresolved"),)


def test_an_odd_question_mark_is_marked_only_in_a_damaged_text() -> None:
    odd = "今年全市產業?發展很快。有哪些措施?我們繼續說。"
    assert repair(odd) == ()
    assert kinds(odd + "&ldquo;好&rdquo;") == {"html_entity": 2}
    damaged = odd + "他說ldquo;好rdquo;。"
    assert [r for r in repair(damaged) if r.kind == "unresolved"] == [
        Repair(6, 7, "?", "unresolved")
    ]


# --- pinyin annotations --------------------------------------------------------------------------

_ANNOTATED = "無(wú)錫市召開無(wú)錫物聯(lián)網(wǎng)創(chuàng)新促進(jìn)中心領(lǐng)導(dǎo)小組(擴(kuò)大)會(huì)議"


def test_annotations_of_a_line_go_and_other_brackets_stay() -> None:
    assert repaired(_ANNOTATED) == "無錫市召開無錫物聯網創新促進中心領導小組(擴大)會議"
    assert repair(_ANNOTATED)[0] == Repair(1, 5, "", "pinyin_annotation")
    wide = _ANNOTATED.replace("(", "（").replace(")", "）")
    assert repaired(wide) == "無錫市召開無錫物聯網創新促進中心領導小組（擴大）會議"
    kept = _ANNOTATED + "。大家上(下)午好，各市(縣)區專業(yè)(b)組和行項(iso)目(a)。"
    assert repaired(kept).endswith("大家上(下)午好，各市(縣)區專業(b)組和行項(iso)目(a)。")


def test_a_short_pasted_line_is_repaired() -> None:
    line = "市政府將培育建設(shè)不少于10家生態(tài)型創(chuàng)新聯(lián)合體"
    assert repaired(line) == "市政府將培育建設不少于10家生態型創新聯合體"


def test_one_damaged_line_in_a_clean_text_is_repaired_alone() -> None:
    note = "單(shàn)婷婷說，這個行(háng)業重(chóng)新開始發展，經驗豐富，團隊優秀。\n" * 5
    assert repaired(note + _ANNOTATED + "\n" + note) == note + repaired(_ANNOTATED) + "\n" + note


def test_combining_tones_and_letters_for_phonetics_are_read() -> None:
    text = _ANNOTATED.replace("ǎ", "a\u030c").replace("á", "a\u0301").replace("g)", "ɡ)")
    assert repaired(text) == repaired(_ANNOTATED)


@pytest.mark.parametrize(
    "text",
    [
        "单(shàn)婷婷介绍，该行(háng)业将重(chóng)新洗牌。",
        "單(shàn)婷婷介紹，這個產業將重(chóng)新洗牌，經濟復甦，關鍵在於創新發展。",
        "「行(háng)業」與「銀行(háng)」同音，「樂(yuè)」與「樂(lè)」不同。",
        "樂(yuè)、樂(lè)、樂(yào)三音，各有其義，讀者須細加分別。",
        "我(wǒ)們(men)今(jīn)天(tiān)學(xué)習(xí)漢(hàn)語(yǔ)，你(nǐ)們(men)呢(ne)？",
        "我(wǒ)们(men)今(jīn)天(tiān)学(xué)习(xí)汉(hàn)语(yǔ)，你(nǐ)呢(ne)？",
        "學(xué)習(xí)漢(hàn)語(yǔ)",
        "龚(gōng)、贾(jiǎ)、聂(niè)、庞(páng)、邓(dèng)是常见的姓。",
        "大家上(下)午好！各市(縣)區、領導小組(擴大)會議(a)(b)(c)。",
    ],
)
def test_readings_that_a_person_noted_stay(text: str) -> None:
    assert repair(text) == ()


def test_syllables() -> None:
    assert all(
        map(is_toned, ["wú", "kuò", "shàn", "lüè", "zhuǎn", "ér", "ǎo", "e\u0301n", "shuāng"])
    )
    assert not any(
        map(is_toned, ["wu", "xi", "café", "résumé", "iso", "wúú", "zhōngguó", "é́", "bxǎ"])
    )
    assert is_reading("長", "zhǎng")
    assert is_reading("長", "cháng")
    assert is_reading("們", "men")
    assert not is_reading("長", "wú")
    assert not is_reading("A", "ā")


# --- entities ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ("說ldquo;好rdquo;。", "說“好”。"),
        ("說&ldquo;好&rdquo;&hellip;", "說“好”…"),
        ("&#8220;好&#x201D;", "“好”"),
        ("&amp;ldquo;好&amp;amp;rdquo;", "“好”"),
        ("一nbsp;二&nbsp;三&#160;四", "一 二 三 四"),
        ("nbsp;nbsp;段首", "  段首"),
        ("AT&amp;T &lt;b&gt; &copy; 2024", "AT&T <b> © 2024"),
        ("&amp;#38;lt;", "<"),
        ("11mdash;12，a middot; b", "11—12，a · b"),
    ],
)
def test_entities(seen: str, expected: str) -> None:
    assert repaired(seen) == expected
    assert set(kinds(seen)) == {"html_entity"}


@pytest.mark.parametrize(
    "text",
    [
        "copy; paste; times; sum; times; lang; not; and; or; para; deg; quot; amp; lt; gt; bull;",
        "xldquo; myldquo; lsquos; énbsp; _nbsp; Nbsp",
        "AT&T; R&D; &nothing; &#0; &#xD800; &#1; &#58898; & ldquo ; a&b;",
        "Write `&nbsp;` or `ldquo;` in the source; then save.",
        "http://example.org/?a=1&copy=2&times=3",
    ],
)
def test_what_only_looks_like_an_entity_stays(text: str) -> None:
    assert repair(text) == ()


# --- properties ----------------------------------------------------------------------------------

_CLEAN = [
    "市政府於今年三月出臺行動方案，提出到2027年建成二十家平臺型創新聯合體。有哪些支持措施？請各位記者提問！"
    "我們將給予最高1000萬元的經費支持（以項目驗收為準），並持續跟進。你同意嗎？很好。這就完了？當然不是。",
    "市政府于今年三月出台行动方案，提出到2027年建成二十家平台型创新联合体。有哪些支持措施?请各位记者提问!"
    "单(shàn)婷婷说:“我们重(chóng)新开始。”他问:你同意吗?很好。真的?我用Word写的(附件B)。",
    "Press Ctrl+C to copy; paste it elsewhere; what then? Nothing; lay (hé) aside. The café's résumé,\n"
    "times; changed — “quoted” … 50% off? Yes! (see (a), (b) and (c)) R&D; AT&T.",
    "pīnyīn教學：媽(mā)麻(má)馬(mǎ)罵(mà)，我(wǒ)愛(ài)你(nǐ)。她(tā)是(shì)老(lǎo)師(shī)嗎(ma)？",
    '# 標題\n\n- **粗體** `code?` [連結](http://a.b/?q=c&d=e)\n\n<p class="x">段落；不變</p>\n\n| 甲 | 乙 |\n',
]


@pytest.mark.parametrize("text", _CLEAN)
def test_written_clean_text_is_untouched(text: str) -> None:
    assert repair(text) == ()
    assert repair("\n".join([text] * 20)) == ()
    assert all(repair(line) == () for line in re.split("(?<=[。？！?!])", text))


_WORDS = st.sampled_from(
    "發展 計劃 科學 方面 学习 历史 創新 無錫 长(cháng)江 上(下)午 （二） 單婷婷 重(chóng)新 "
    "Word copy; paste; W times; (a) Q2 ？ ? ！ ， 。 ； : “ ” 「 」 2024 # ** ` <p> </p> &, ; | - \n".split(
        " "
    )
)


@cases(300)
@given(st.lists(_WORDS, max_size=40).map("".join))
def test_clean_text_passes_through_untouched(text: str) -> None:
    assert repair(text) == ()


_PIECES = st.sampled_from(
    "無(wú)錫 聯(lián)網(wǎng) 創(chuàng)新 領(lǐng)導(dǎo) 上(下)午 組(擴(kuò)大) 市 中心 方面。 方面 ?？茖W(xué) ??茖W(xué) ？茖W "
    "變?yōu)?ldquo; rdquo; &amp;#38;lt; &#40;wú&#41; &amp; ldquo; nbsp; & ; ? ？ \ufffd W(xué) ?yōu) 優 為 。 \n".split(
        " "
    )
)
_DAMAGED = st.lists(_PIECES, max_size=30).map("".join)


@cases(300)
@given(_DAMAGED)
def test_repairs_are_sorted_disjoint_edits_and_repairing_again_changes_nothing(text: str) -> None:
    repairs = repair(text)
    ends = [0, *(r.end for r in repairs)]
    assert all(end <= r.start < r.end <= len(text) for end, r in zip(ends, repairs, strict=False))
    assert all(text[r.start : r.end] == r.text for r in repairs if r.kind == "unresolved")
    assert all(text[r.start : r.end] != r.text for r in repairs if r.kind != "unresolved")
    once = apply_repairs(text, repairs)
    assert apply_repairs(once, repair(once)) == once


@cases(200)
@given(_DAMAGED)
def test_every_character_leads_back_to_its_source(text: str) -> None:
    leads_back(text)


def leads_back(source: str) -> None:
    """An unrepaired character is found again in the source; a repaired one leads to its repair."""
    repairs = repair(source)
    clean, alignment = apply_repairs(source, repairs), Alignment(repairs)
    edits = [r for r in repairs if r.kind != "unresolved"]
    kept = [i for i in range(len(source)) if not any(r.start <= i < r.end for r in edits)]
    spans = [alignment.to_source(i, i + 1) for i in range(len(clean))]
    by_start = {r.start: r for r in edits}
    for char, (start, end) in zip(clean, spans, strict=True):
        if start in by_start:
            assert char in by_start[start].text
            assert end >= by_start[start].end
        else:
            assert source[start] == char
    assert {start for start, _ in spans} >= set(kept)


@cases(150)
@given(st.text(max_size=60))
def test_any_text_at_all_can_be_repaired(text: str) -> None:
    once = repaired(text)
    assert repaired(once) == once


# --- the two documents this was seen in ----------------------------------------------------------

needs_seeds = pytest.mark.skipif(not _SEEDS.is_dir(), reason=f"no seed documents in {_SEEDS}")


def seed(prefix: str) -> str:
    return next(_SEEDS.glob(f"{prefix}*.txt")).read_text(encoding="utf-8")


@needs_seeds
@pytest.mark.parametrize(
    ("prefix", "counts"),
    [
        ("000", {"pinyin_annotation": 594}),
        ("003", {"pinyin_annotation": 860, "gbk_misalignment": 2, "html_entity": 1}),
    ],
)
def test_seeds_are_repaired_whole(prefix: str, counts: dict[str, int]) -> None:
    source = seed(prefix)
    text = repaired(source)
    assert kinds(source) == counts
    assert not _ANNOTATION.search(text)
    assert "quo;" not in text
    assert repair(text) == ()
    letters = re.compile("[a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+")
    assert set(letters.findall(text)) <= {"G", "p", "X"}
    leads_back(source)


@needs_seeds
def test_seeds_read_as_they_were_written() -> None:
    first, second = repaired(seed("000")), repaired(seed("003"))
    assert first.startswith("11月10日,無錫市召開無錫物聯網創新促進中心領導小組(擴大)會議,")
    assert "大家上(下)午好!" in second
    assert "各市(縣)區政府" in second
    assert "圍繞“465”現代產業集群" in second
    assert "發展計劃方面。科學統籌全市未來產業空間布局" in second
    assert "從“技術創新主體”轉變為“科技創新主體”,強調" in second
    assert second.count("?") == 4


@needs_seeds
def test_the_lines_of_the_seeds_are_repaired_alone_too() -> None:
    for prefix in ("000", "003"):
        source = seed(prefix)
        for line, clean in zip(source.split("\n"), repaired(source).split("\n"), strict=True):
            if len(_ANNOTATION.findall(line)) >= 3:
                assert repaired(line) == clean


# --- speed ---------------------------------------------------------------------------------------


def test_clean_text_is_quick_and_loads_nothing() -> None:
    text = (_CLEAN[0] + _CLEAN[1].replace("(shàn)", "").replace("(chóng)", "")) * 50
    text = text[:10_000]
    script = (
        "import sys, corpus.repair as r; assert r.repair(sys.stdin.read()) == ();"
        "print([m for m in ('jieba', 'pypinyin', 'opencc') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        input=text.encode(),
        capture_output=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert run.stdout.decode().strip() == "[]"
