"""Small statutes of both sides, with what stands in each of their parts."""

from __future__ import annotations

from tests.making import source
from wenju.corpus.document import Source

LABOUR = """勞動基準法
第一章 總則
第 1 條
為規定勞動條件最低標準，保障勞工權益，特制定本法。
本法未規定者，適用其他法律之規定。
第 2 條
本法用詞，定義如下：
一、勞工：指受雇主僱用從事工作獲致工資者。
二、雇主：指僱用勞工之事業主。
第二章 工資
第 3 條
雇主延長勞工工作時間者，其工資依下列標準加給：
一、在二小時以內者，加給三分之一以上。
二、再延長工作時間者，加給三分之二以上。
雇主使勞工於休息日工作者，另再加給一又三分之一以上。
第 3-1 條
前條之工資，應於發薪日一併發給。
第 4 條
（刪除）
第 5 條
本法自公布日施行。
"""
CONTRACT = """中华人民共和国劳动合同法
（2012年12月28日修正）
第一章 总则
第一条 为了完善劳动合同制度，保护劳动者的合法权益，制定本法。
第二条 经济补偿按劳动者在本单位工作的年限支付。
劳动者月工资高于三倍的，按三倍的数额支付。
第三条 有下列情形之一的，用人单位可以解除劳动合同：
（一）严重违反规章制度的；
（二）被依法追究刑事责任的。
第三条之一 用人单位应当出具证明。
第四条 本法自2008年1月1日起施行。
"""
_COPYRIGHT = "第一條 為保障著作人權益，特制定本法。\n第二條 本法自公布日施行。\n第三條 （刪除）\n"
TW_COPYRIGHT = f"著作權法\n{_COPYRIGHT}"
CN_COPYRIGHT = """中华人民共和国著作权法
第一条 为保护文学、艺术和科学作品作者的著作权，制定本法。
第二条 中国公民的作品享有著作权。
第三条 本法自公布之日起施行。
"""
NOTICE = "自行車停放通知\n市民應當把自行車停放在劃定的區域內。違者依第三條處罰。\n"


def statutes() -> list[Source]:
    """All of them, and a notice that is no statute."""
    texts = (LABOUR, CONTRACT, TW_COPYRIGHT, CN_COPYRIGHT, NOTICE)
    return [source(text, name=f"{number}.txt") for number, text in enumerate(texts)]
