"""Build the .docx samples of kg/samples from the text below; the same bytes come out every time.

usage: make_samples.py [OUT_DIR]   (default: kg/samples)
"""

import datetime
import io
import sys
import zipfile
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

STAMP = (2024, 1, 1, 0, 0, 0)  # of every zip member, and of the core properties
NOTE = "示例文本，仅供演示 policy-kg 使用"
VISIBLE = f"（{NOTE}，部分情节和数字为演示而设）"

# A part is ("title" | "h1" | "h2" | "p" | "right", text) or ("table", rows).
LINZHI = [
    ("title", "林芝市人民政府2023年工作报告（节选）"),
    ("p", VISIBLE),
    ("p", "（2024年1月10日）"),
    ("h1", "一、2023年工作情况"),
    (
        "p",
        (
            "2023年，市政府在西藏自治区党委、政府和市委领导下，把自治区印发的《支持林芝高质量发展、促进改革开放先行的意见》分解为218项措施，"
            "逐条落实。预计全年地区生产总值230亿元，比上年增长10%。社会消费品零售总额60.5亿元、固定资产投资140亿元，"
            "分别增长16%、17.7%；城镇居民人均可支配收入为47125元，农村居民为25913元。"
        ),
    ),
    ("h2", "（一）营商环境不断改善"),
    (
        "p",
        (
            "市政府开展营商环境整治提升年行动，向县级下放审批事项16项。市政务服务中心设立“办不成事反映窗口”和企业开办服务区，"
            "企业开办时间由3个工作日缩减至1个工作日。市政府开设12345服务便民热线，全年受理群众诉求6.2万件，按时办结率99.1%。"
            "市政府出台《林芝市促进个体工商户发展若干措施》，为经营主体减税、退税、缓税共计3.71亿元，经营主体总量突破4万户。"
            "市市场监督管理局会同市中级人民法院搭建知识产权行政保护与司法保护协作机制。"
        ),
    ),
    ("h2", "（二）民生实事全部办结"),
    ("p", "全年接待游客1317.7万人次，旅游收入同比增长106%。年初确定的民生实事已全部完成，部分项目见下表。"),
    (
        "table",
        [
            ["序号", "完成情况", "责任单位"],
            ["1", "建成公租房1150套", "市住房和城乡建设局"],
            ["2", "改造农村危房354户", "市住房和城乡建设局"],
            ["3", "建设高标准农田2.33万亩", "市农业农村局"],
        ],
    ),
    ("h1", "二、2024年目标任务"),
    (
        "p",
        (
            "2024年，本市地区生产总值力争增长9%左右，新增规上企业8家以上。市政府将编制《林芝市数字政府建设三年规划》，"
            "明确政务数据共享责任清单制度；深化交通运输体制改革，推广“五共五固”军地结对共建做法；"
            "在米林市、波密县分别建设3个、2个政务服务驿站。到2025年，本市政务服务事项全程网办率不低于85%。"
        ),
    ),
]

LIAOYUAN = [
    ("title", "辽源市司法局 辽源市中级人民法院关于印发《关于建立行政争议府院联动机制的实施意见》的通知"),
    ("right", "辽司发〔2023〕18号"),
    ("p", VISIBLE),
    ("p", "各县（区）司法局、人民法院，市政府各行政执法部门："),
    ("p", "现将《关于建立行政争议府院联动机制的实施意见》（以下简称《实施意见》）下发，请遵照办理。"),
    ("right", "辽源市司法局"),
    ("right", "辽源市中级人民法院"),
    ("right", "2023年11月20日"),
    ("title", "关于建立行政争议府院联动机制的实施意见"),
    ("p", "根据《中华人民共和国行政诉讼法》《中华人民共和国行政复议法》，市司法局与市中级人民法院共同制定本实施意见。"),
    ("h1", "一、工作目标"),
    (
        "p",
        (
            "到2024年底，全市行政争议诉前化解率达到30%以上，行政复议案件平均审理时间由48日缩减至40日以内，"
            "行政机关负责人出庭应诉率由2022年的93.4%提高到96%以上。"
        ),
    ),
    ("h1", "二、主要措施"),
    ("h2", "（一）建立府院联席会议制度"),
    ("p", "联席会议由市司法局和市中级人民法院轮流召集，每季度召开1次，市公安局、市自然资源局派员参加。"),
    ("h2", "（二）健全日常工作机制"),
    ("p", "建立信息通报、败诉案件分析、司法建议反馈等三项工作机制。行政机关应当自收到司法建议之日起30日内书面反馈。"),
    ("h2", "（三）设立行政争议协调化解中心"),
    ("p", "市中级人民法院在龙山区、西安区、东丰县、东辽县各设立1个行政争议协调化解中心，配备专职调解员12名。"),
    ("h1", "三、任务分工"),
    (
        "table",
        [
            ["任务", "牵头单位", "责任单位", "完成时限"],
            ["开通行政复议与立案“一窗受理”通道", "市中级人民法院", "市司法局", "2024年3月底"],
            ["出台《辽源市行政机关负责人出庭应诉考核办法》", "市司法局", "市委依法治市办", "2024年6月底"],
            ["推行行政执法案例指导制度", "市司法局", "市市场监督管理局", "2024年9月底"],
        ],
    ),
    ("p", "市委依法治市办对《实施意见》落实情况进行督察。"),
]

SAMPLES = {
    "linzhi-report-2023.docx": ("林芝市人民政府", LINZHI),
    "liaoyuan-notice-2023.docx": ("辽源市司法局", LIAOYUAN),
}


def document(author: str, parts: list) -> bytes:
    """A Word file of `parts`, as python-docx writes it."""
    made = docx.Document()
    style = made.styles["Normal"]
    style.font.name = "SimSun"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    core = made.core_properties
    core.title, core.author, core.last_modified_by = parts[0][1], author, author
    core.subject, core.comments = NOTE, NOTE
    core.created = core.modified = datetime.datetime(*STAMP)
    for kind, content in parts:
        if kind == "table":
            table = made.add_table(rows=0, cols=len(content[0]), style="Table Grid")
            for row in content:
                for cell, value in zip(table.add_row().cells, row, strict=True):
                    cell.text = value
        elif kind in {"title", "h1", "h2"}:
            made.add_heading(content, level={"title": 0, "h1": 1, "h2": 2}[kind])
        else:
            paragraph = made.add_paragraph(content)
            if kind == "right":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def settled(data: bytes) -> bytes:
    """The same zip with fixed times and order, so that equal content gives equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            member = zipfile.ZipInfo(name, STAMP)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(member, old.read(name))
    return out.getvalue()


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, (author, parts) in SAMPLES.items():
        (out / name).write_bytes(settled(document(author, parts)))
        print(out / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "kg" / "samples")
