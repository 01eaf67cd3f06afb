"""Small files of kinds that are easily read wrongly, made anew for each run."""

from __future__ import annotations

from tests.corpus.formats.making import (
    Maker,
    columns,
    dangling,
    drawn_table,
    open_workbook,
    pdf,
    separated,
    word_file,
    workbook,
)


def _care_places() -> bytes:
    rows = [
        ["據點", "可收托人數（人）", "照服員（名）", "月費（元）"],
        ["南寮據點", "25", "4", "6500"],
        ["香山據點", "30", "5", "7200"],
        ["東門據點", "18", "3", "5800"],
    ]
    return word_file(["竹塹市日間照顧據點一覽表", "收費自113年7月起適用。"], rows)


def _harbours() -> bytes:
    rows = [
        ["港区", "泊位（个）", "年吞吐量（万吨）", "岸线长度（米）"],
        ["北岙港", "12", "86.5", "1450"],
        ["南岙港", "9", "54.2", "1120"],
        ["石塘港", "7", "41.8", "860"],
    ]
    return workbook([["玉岙县渔港基本情况", "", "", ""], *rows])


def _households() -> bytes:
    words = [(60.0, 780.0, "金湖鄉統計簡報", 16.0)]
    words += [(60, 740, "112年底全鄉登記戶數", 12), (177, 745, "2", 7)]
    words += [(182, 740, "3214戶，平均每戶3.1人。", 12)]
    words += [(60, 715, "全鄉耕地面積", 12), (133, 720, "3", 7), (138, 715, "582公頃。", 12)]
    words += [(60, 120, "2 含共同生活戶。", 9), (60, 105, "3 不含休耕地。", 9)]
    return pdf([words], traditional=True)


def _roads() -> bytes:
    words = [(60.0, 780.0, "青石县公路发展简况", 16.0)]
    words += [(60, 740, "全县公路总里程", 12), (145, 745, "1", 7)]
    words += [
        (150, 740, "1260公里，其中高速公路", 12),
        (276, 745, "2", 7),
        (281, 740, "85公里。", 12),
    ]
    words += [(60, 110, "1 含专用公路。", 9), (60, 95, "2 截至2023年底。", 9)]
    return pdf([words])


def _vaccinations() -> bytes:
    rows = [
        ["鄉鎮", "接種人數", "完成率", "補助金額（萬元）", "未接種人數"],
        ["獅潭鄉", "3120", "71.2%", "46.8", "1262"],
        ["南庄鄉", "5870", "", "", "2044"],
        ["三灣鄉", "4405", "68.9%", "61.3", "1988"],
    ]
    words = [(60.0, 780.0, "苗北各鄉流感疫苗接種情形", 16.0)]
    words += drawn_table(rows, (60, 140, 220, 300, 420), 740)
    return pdf([words], traditional=True)


def _ferries() -> bytes:
    rows = [
        ["航线", "航程（海里）", "票价（元）", "每日班次"],
        ["白鹭岛线", "6.5", "35", "8"],
        ["青螺岛线", "11.2", "", "4"],
        ["月牙岛线", "15", "78", "3"],
    ]
    words = [(60.0, 780.0, "东屿区客运航线一览", 16.0)]
    words += drawn_table(rows, (70, 190, 300, 400), 735)
    return pdf([words])


def _halls() -> bytes:
    rows = [
        ["場館", "時段", "平日收費（元）", "假日收費（元）"],
        ["羽球館", "上午", "300", "450"],
        ["", "下午", "350", "520"],
        ["", "晚間", "480", "640"],
        ["桌球室", "上午", "120", "180"],
        ["", "下午", "150", "210"],
        ["", "晚間", "200", "260"],
    ]
    return word_file(["大溪國民運動中心場地收費基準"], rows, [(1, 0, 3, 0), (4, 0, 6, 0)])


def _parking() -> bytes:
    rows = [
        ["区域", "车型", "收费标准（元）", ""],
        ["", "", "首小时", "全天封顶"],
        ["火车站", "小型车", "8", "60"],
        ["", "大型车", "12", "90"],
        ["汽车站", "小型车", "5", "40"],
        ["", "大型车", "9", "70"],
    ]
    merges = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (2, 0, 3, 0), (4, 0, 5, 0)]
    return workbook(rows, merges)


def _reading_rooms() -> bytes:
    return separated(
        [
            ["清江区城市书房运行情况", "", "", "", ""],
            ["统计时间：2024年6月", "", "", "", ""],
            ["书房", "上半年", "", "下半年", ""],
            ["", "到馆人次", "借书册数", "到馆人次", "借书册数"],
            ["梧桐书房", "8120", "3305", "9040", "3711"],
            ["运河书房", "10450", "4120", "11280", "4466"],
        ]
    )


def _windows() -> bytes:
    rows = [
        ["", "櫃檯", "受理業務", "辦理天數（天）", "規費"],
        ["0", "第一櫃檯", "戶籍謄本申請", "1", "15元"],
        ["1", "第二櫃檯", "國民身分證補發", "3", "200元"],
        ["2", "第三櫃檯", "印鑑登記", "2", "免費"],
    ]
    return open_workbook(rows)


def _villages() -> bytes:
    rows = [
        ["里別", "戶數", "監視器（支）"],
        ["東安里", "1320", "46"],
        ["新東安里", "987", "31"],
        ["東平里", "1105", "38"],
    ]
    return separated([["埔心鎮各里治安設施統計", "", ""], *rows])


def _contracts() -> bytes:
    rows = [
        ["合同编号", "承包单位", "成交金额（万元）", "工期（天）"],
        ["QS-2023-0117", "青石路桥公司", "286.4", "120"],
        ["QS-2023-0118", "恒远建设公司", "431.9", "180"],
        ["QS-2023-0121", "青石园林公司", "75.2", "60"],
    ]
    return workbook(rows)


def _notice() -> bytes:
    return word_file(
        [
            "关于做好冬季供暖工作的通知",
            "各供热企业：为保障群众温暖过冬，现就做好今冬供暖工作通知如下。",
            "供暖期自11月15日起，至次年3月15日止，室内温度不得低于18摄氏度。",
        ],
        header="北川市城市管理局文件　北川城管〔2024〕57号",
        box="供暖投诉电话：0519-6602815",
        footer="北川市城市管理局办公室　2024年10月9日印发",
    )


def _announcement() -> bytes:
    return word_file(
        [
            "登革熱孳生源清除實施計畫",
            "為防治登革熱，各里應於每週五辦理環境清潔日，清除積水容器。",
            "未依通知改善者，處新臺幣三千元以上一萬五千元以下罰鍰。",
        ],
        header="發文字號：岡防字第1130052817號",
        box="防疫諮詢專線：07-6217903",
        footer="承辦單位：岡林區衛生所疾病管制課",
    )


def _canteens() -> bytes:
    made = word_file(
        ["柳河区老年助餐点补贴办法", "助餐点每年运营补贴最高六万元，由区民政局按半年核拨。"]
    )
    return dangling(made, "word/document.xml")


def _bus_cards() -> bytes:
    made = word_file(
        ["敬老愛心卡使用須知", "敬老愛心卡每月補助點數六百點，由社會局於每月一日撥入。"]
    )
    return dangling(made, "word/document.xml")


def _spaced() -> bytes:
    lines = ["清源市二〇二三年统计公报", "全市粮食总产量为四十八万六千吨，比上年增长百分之二点一。"]
    lines += ["年末全市户籍人口为二百零七点三万人，出生率千分之六点八。"]
    spaced = [" ".join(line) for line in lines]
    words = [(50.0, 780.0 - 30 * i, line, 13.0) for i, line in enumerate(spaced)]
    return pdf([words])


def _set_apart() -> bytes:
    lines = ["七星鄉公所工作報告", "全年受理民眾陳情案件四百一十二件，結案率達百分之九十七。"]
    lines += ["新建活動中心兩座，總經費三千六百萬元。"]
    words = [(50.0, 780.0 - 30 * i, line, 12.0) for i, line in enumerate(lines)]
    return pdf([words], traditional=True, apart=4)


def _museum() -> bytes:
    left = [
        "云溪博物馆位于县城东门外，建筑面",
        "积一万二千平方米，馆藏文物三千六",
        "百件，由县文化和旅游局管理。博物",
        "馆常设展厅五个，每周一闭馆。",
    ]
    right = [
        "二〇二二年，博物馆对库房进行了改",
        "造，工程总投资四百八十万元，由市",
        "级财政补助七成。改造后的库房实行",
        "恒温恒湿，下一步将建设数字展厅。",
    ]
    title = (220.0, 790.0, "云溪博物馆简介", 16.0)
    return pdf([[title, *columns(left, right, 750)]])


def _reservoir() -> bytes:
    left = [
        "鹿寮溪步道全長六點二公里，由縣政",
        "府農業處負責維護。步道沿線設有涼",
        "亭四座，海拔最高處為八百七十公尺",
        "，單程步行約需三小時。",
    ]
    right = [
        "一一二年颱風造成步道多處坍方，修",
        "復經費一千九百萬元，由林業署補助",
        "八成。修復工程已於同年十二月完工",
        "，並增設避難小屋兩處。",
    ]
    title = (220.0, 790.0, "鹿寮溪步道簡介", 16.0)
    return pdf([[title, *columns(left, right, 750)]], traditional=True)


def _swimming() -> bytes:
    inner = (
        "<table><tr><td>全票</td><td>150元</td></tr><tr><td>學生票</td><td>90元</td></tr></table>"
    )
    gym = "<table><tr><td>全票</td><td>80元</td></tr><tr><td>學生票</td><td>50元</td></tr></table>"
    return (
        "<html><head><meta charset='utf-8'/><title>青埔運動公園票價</title></head><body>"
        "<h1>青埔運動公園票價</h1><table><tr><th>設施</th><th>票價</th></tr>"
        f"<tr><td>溫水游泳池</td><td>{inner}</td></tr><tr><td>健身房</td><td>{gym}</td></tr>"
        "</table></body></html>"
    ).encode()


def _hidden() -> bytes:
    return (
        "<html><head><meta charset='utf-8'/><title>南湖区图书馆公告</title>"
        "<style>.old{display:none}</style></head><body><h1>南湖区图书馆公告</h1>"
        "<p class='old'>旧版：图书馆借书证押金为200元，可借五本。</p>"
        "<p>南湖区图书馆自2024年3月1日起取消借书证押金，<br>每证最多可借十五本，"
        "<br>借期为四十五天。</p></body></html>"
    ).encode()


FILES: dict[str, Maker] = {
    "日照據點.docx": _care_places,
    "渔港.xlsx": _harbours,
    "戶數簡報.pdf": _households,
    "公路简况.pdf": _roads,
    "疫苗接種.pdf": _vaccinations,
    "航线.pdf": _ferries,
    "場地收費.docx": _halls,
    "停车收费.xlsx": _parking,
    "城市书房.csv": _reading_rooms,
    "戶政櫃檯.ods": _windows,
    "治安設施.csv": _villages,
    "合同台账.xlsx": _contracts,
    "冬季供暖.docx": _notice,
    "登革熱.docx": _announcement,
    "助餐点.docx": _canteens,
    "敬老卡.docx": _bus_cards,
    "统计公报.pdf": _spaced,
    "工作報告.pdf": _set_apart,
    "博物馆.pdf": _museum,
    "步道.pdf": _reservoir,
    "票價.html": _swimming,
    "图书馆公告.html": _hidden,
}
