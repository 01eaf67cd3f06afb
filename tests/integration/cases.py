"""Questions about the files of ``case_files``, and what their answers must look like."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a case: what its answer must look like, None where none may be given."""

    case: str
    question: str
    expect: str | None
    file: str = "*"
    open: str = ""


QUESTIONS = (
    Asked("01", "香山據點月費多少元", "^7200", "日照據點.docx"),
    Asked("01", "東門據點有幾名照服員", "^3$", "日照據點.docx"),
    Asked("01", "南岙港岸线长度是多少米", "^1120", "渔港.xlsx"),
    Asked("01", "石塘港年吞吐量多少万吨", r"^41\.8", "渔港.xlsx"),
    Asked("02", "金湖鄉登記戶數是多少", "^3214戶", "戶數簡報.pdf"),
    Asked("02", "金湖鄉耕地面積多大", "582公頃", "戶數簡報.pdf"),
    Asked("02", "青石县公路总里程是多少", "^1260公里", "公路简况.pdf"),
    Asked("02", "青石县高速公路里程多少公里", "^85公里", "公路简况.pdf"),
    Asked("03", "三灣鄉未接種人數是多少", "^1988", "疫苗接種.pdf"),
    Asked("03", "獅潭鄉疫苗補助金額多少萬元", r"^46\.8", "疫苗接種.pdf"),
    Asked("03", "南庄鄉疫苗補助金額是多少", None),
    Asked("03", "月牙岛线票价多少元", "^78", "航线.pdf"),
    Asked("03", "青螺岛线的票价是多少", None),
    Asked("03", "青螺岛线每日有几个班次", "^4", "航线.pdf"),
    Asked("04", "羽球館晚間的假日收費是多少元", "^640", "場地收費.docx"),
    Asked("04", "桌球室下午平日收費多少", "^150", "場地收費.docx"),
    Asked("04", "火车站大型车全天封顶多少元", "^90", "停车收费.xlsx"),
    Asked("04", "汽车站小型车首小时收费多少", "^5", "停车收费.xlsx"),
    Asked("06", "运河书房上半年到馆人次是多少", "^10450", "城市书房.csv"),
    Asked("06", "梧桐书房下半年借书册数是多少", "^3711", "城市书房.csv"),
    Asked("06", "國民身分證補發要幾天", "^3", "戶政櫃檯.ods"),
    Asked("06", "戶籍謄本申請的規費多少錢", "^15元", "戶政櫃檯.ods"),
    Asked("07", "東安里有多少戶", "^1320", "治安設施.csv"),
    Asked("07", "新東安里裝了幾支監視器", "^31", "治安設施.csv"),
    Asked("07", "QS-2023-0118号合同的成交金额是多少", r"^431\.9", "合同台账.xlsx"),
    Asked("07", "QS-2023-0119号合同的成交金额是多少", None),
    Asked("12", "冬季供暖的投诉电话是多少", "0519-6602815", "冬季供暖.docx"),
    Asked("12", "冬季供暖通知的文号是什么", "北川城管", "冬季供暖.docx"),
    Asked("12", "登革熱防疫諮詢專線幾號", "07-6217903", "登革熱.docx"),
    Asked("12", "登革熱孳生源清除計畫的承辦單位是哪裡", "衛生所", "登革熱.docx"),
    Asked("13", "柳河区老年助餐点运营补贴最高多少", "六万元", "助餐点.docx"),
    Asked("13", "敬老愛心卡每月補助多少點", "六百點", "敬老卡.docx"),
    Asked("15", "清源市粮食总产量是多少", "四十八万六千吨", "统计公报.pdf"),
    Asked("15", "清源市户籍人口有多少", "二百零七点三万人", "统计公报.pdf"),
    Asked("15", "七星鄉全年受理陳情案件多少件", "四百一十二件", "工作報告.pdf"),
    Asked("16", "云溪博物馆由谁管理", "县文化和旅游局", "博物馆.pdf"),
    Asked("16", "云溪博物馆库房改造总投资多少", "四百八十万元", "博物馆.pdf"),
    Asked("16", "鹿寮溪步道由誰負責維護", "縣政府農業處", "步道.pdf"),
    Asked("16", "鹿寮溪步道的修復經費是多少", "一千九百萬元", "步道.pdf"),
    Asked("20", "青埔運動公園健身房學生票多少錢", "^50元", "票價.html"),
    Asked(
        *("20", "南湖区图书馆借书证押金是多少", "取消借书证押金", "图书馆公告.html"),
        "the count beside it is answered (.97): no sum of money stands in the text, that it is none does",
    ),
    Asked("20", "南湖区图书馆每证可以借几本书", "十五本", "图书馆公告.html"),
)
