"""Word documents: paragraphs, tables, lists, notes and text boxes in order; what is deleted, hidden or broken."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.read import ReadError, word
from kg.read.numbering import numeral

Docx = Callable[..., Path]


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def cell(*paragraphs: str) -> str:
    return "<w:tc>" + "".join(map(p, paragraphs)) + "</w:tc>"


def text_of(path: Path) -> str:
    return word.read(path.read_bytes(), path).text


def test_paragraphs_and_tables_in_order(docx: Docx) -> None:
    table = f"<w:tbl><w:tr>{cell('馆名')}{cell('座位')}</w:tr><w:tr>{cell('东馆', '新')}{cell('80')}</w:tr></w:tbl>"
    assert (
        text_of(docx(p("一、概况") + p("") + table + p("　　二、附则")))
        == "一、概况\n馆名\t座位\n东馆 新\t80\n　　二、附则"
    )


def test_a_frame_of_one_cell_is_no_table(docx: Docx) -> None:
    assert text_of(docx(f"<w:tbl><w:tr>{cell('云溪县图书馆文件', '云图〔2031〕3号')}</w:tr></w:tbl>")) == (
        "云溪县图书馆文件\n云图〔2031〕3号"
    )


def test_runs_breaks_tabs_and_links(docx: Docx) -> None:
    body = (
        "<w:p><w:r><w:t>云溪</w:t></w:r><w:hyperlink><w:r><w:t>县图书馆</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>甲</w:t><w:br/>"
        "<w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t></w:r></w:p><w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>"
        + p("控件里")
        + "</w:sdtContent></w:sdt>"
    )
    assert text_of(docx(body)) == "云溪县图书馆\t甲\n乙-丙\n控件里"


def test_changes_are_read_as_accepted_and_hidden_text_not_at_all(docx: Docx) -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/>"
        "</w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert text_of(docx(body)) == "新显"


def test_notes_and_text_boxes_follow_their_paragraph(docx: Docx) -> None:
    body = (
        "<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id='2'/></w:r><w:r><w:pict><w:txbxContent>"
        + p("框中")
        + "</w:txbxContent></w:pict></w:r></w:p>"
        + p("下一段")
    )
    notes = (
        "footnotes|<w:footnote w:id='0' w:type='separator'>"
        + p("-")
        + "</w:footnote><w:footnote w:id='2'>"
        + p("注")
        + "</w:footnote>"
    )
    assert text_of(docx(body, footnotes=notes)) == "正文\n注\n框中\n下一段"


LISTS = (
    "numbering|<w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:start w:val='1'/>"
    "<w:numFmt w:val='chineseCounting'/><w:suff w:val='nothing'/><w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:numFmt w:val='decimal'/><w:lvlText w:val='（%2）'/></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId='8'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='*'/></w:lvl>"
    "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num><w:num w:numId='2'>"
    "<w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>"
    "<w:num w:numId='3'><w:abstractNumId w:val='8'/></w:num>"
)


def listed(text: str, number: int, depth: int = 0) -> str:
    return p(text, f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr>")


def test_numbers_of_lists_are_written_out(docx: Docx) -> None:
    body = listed("甲", 1) + listed("乙", 1, 1) + listed("丙", 1, 1) + listed("丁", 1) + listed("戊", 1, 1)
    body += listed("己", 2) + listed("庚", 3) + listed("辛", 0) + listed("壬", 9)
    assert text_of(docx(body, numbering=LISTS)) == "一、甲\n（1） 乙\n（2） 丙\n二、丁\n（1） 戊\n五、己\n庚\n辛\n壬"


def test_a_list_may_come_with_the_style(docx: Docx) -> None:
    styles = (
        "styles|<w:style w:styleId='A'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:styleId='B'><w:basedOn w:val='A'/></w:style><w:style w:styleId='C'><w:basedOn w:val='C'/></w:style>"
    )
    body = p("甲", "<w:pStyle w:val='B'/>") + p("乙", "<w:pStyle w:val='B'/>") + p("丙", "<w:pStyle w:val='C'/>")
    assert text_of(docx(body, numbering=LISTS, styles=styles)) == "一、甲\n二、乙\n丙"


@pytest.mark.parametrize(
    ("number", "kind", "written"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (20, "chineseCounting", "二十"),
        (110, "chineseCounting", "一百一十"),
        (1005, "chineseCountingThousand", "一千零五"),
        (12, "chineseLegalSimplified", "拾贰"),
        (10, "ideographDigital", "一〇"),
        (3, "ideographTraditional", "丙"),
        (13, "ideographZodiac", "子"),
        (27, "upperLetter", "AA"),
        (1999, "lowerRoman", "mcmxcix"),
        (4, "decimalEnclosedCircleChinese", "④"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (12, "no-such-kind", "12"),
    ],
)
def test_numerals(number: int, kind: str, written: str) -> None:
    assert numeral(number, kind) == written


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(
    texts=st.lists(
        st.text(st.characters(exclude_characters="\x85\u2028\u2029", exclude_categories=["Cs", "Cc", "Cn"])), min_size=1
    )
)
def test_characters_are_never_changed(texts: list[str], tmp_path: Path) -> None:
    """Written by another library, read by this one."""
    document = python_docx.Document()
    for text in ["首", *texts]:
        document.add_paragraph(text)
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert text_of(path).split("\n") == [text.rstrip(" ") for text in ["首", *texts] if text and not text.isspace()]


def refusal(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        word.read(data, Path("a.docx"))
    return str(caught.value)


def test_what_is_no_document_is_named(docx: Docx) -> None:
    whole = docx(p("甲" * 300)).read_bytes()
    assert "encrypted; save it without a password" in refusal(
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
    )
    assert "an old .doc; save it as .docx" in refusal(b"\xd0\xcf\x11\xe0 old")
    for data in (b"text", whole[:200], whole[:-40], whole[:150] + whole[-150:]):
        assert refusal(data).startswith("a.docx: broken")
    empty = BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert refusal(empty.getvalue()).startswith("a.docx: broken")


def test_a_bomb_is_not_unpacked(docx: Docx, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "LARGEST_PART", 10_000)
    assert "unpacks to more than" in refusal(docx(p("甲" * 20_000)).read_bytes())


def test_entities_of_a_document_type_are_not_expanded() -> None:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        secret = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        archive.writestr("word/document.xml", f"{secret}<d><body><p><r><t>甲&x;</t></r></p></body></d>")
    assert "root:" not in word.read(held.getvalue(), Path("a.docx")).text
