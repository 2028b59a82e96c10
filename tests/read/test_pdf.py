"""PDFs: lines joined to paragraphs, reading order, page numbers and running headers; what holds no text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.read import ReadError
from kg.read import pdf as reader
from kg.read.layout import Line, ordered, paragraphs, without_running

Pdf = Callable[..., Path]
SENTENCE = "云溪县图书馆为方便读者，决定自四月一日起延长开放时间，并在东馆增设座位八十个，供读者提前三日预约使用。"


def text_of(path: Path) -> str:
    return reader.read(path.read_bytes(), path).text


def wrapped(text: str, top: float, width: int = 20, indent: int = 2) -> list[tuple[float, float, float, str]]:
    """A paragraph of `width` characters of 16 points a line, 28 points from line to line, the first one indented."""
    lines = [text[: width - indent], *(text[at : at + width] for at in range(width - indent, len(text), width))]
    return [(72 + 16 * indent * (number == 0), top - 28 * number, 16, line) for number, line in enumerate(lines)]


def test_lines_of_a_paragraph_are_joined(pdf: Pdf) -> None:
    page = [(200, 780, 22, "关于延长开放时间的公告"), *wrapped(SENTENCE, 700), *wrapped(SENTENCE + "特此公告。", 588)]
    page += [(300, 440, 16, "云溪县图书馆"), (310, 412, 16, "2031年4月1日")]
    assert text_of(pdf(page)) == (
        f"关于延长开放时间的公告\n{SENTENCE}\n{SENTENCE}特此公告。\n云溪县图书馆\n2031年4月1日"
    )


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_go(pdf: Pdf) -> None:
    lines = wrapped(SENTENCE, 100)
    first = [*wrapped(SENTENCE, 600), *lines[:2], (290, 40, 14, "— 1 —")]
    second = [(72, 750, 16, lines[2][3]), *wrapped(SENTENCE, 700), (290, 40, 14, "— 2 —")]
    assert text_of(pdf(first, second)) == "\n".join([SENTENCE] * 3)


def test_running_headers_go_but_what_only_some_pages_show_stays(pdf: Pdf) -> None:
    pages = [
        [(72, 800, 10, "云溪县公报 第4期"), (72, 700, 16, f"第{n}页所载内容各不相同"), (280, 30, 10, f"第{n}页")]
        for n in "一二三四"
    ]
    pages[0].append((72, 600, 16, "仅此一处"))
    assert text_of(pdf(*pages)).split("\n") == [
        "第一页所载内容各不相同",
        "仅此一处",
        *(f"第{n}页所载内容各不相同" for n in "二三四"),
    ]


def test_a_year_alone_on_a_line_is_no_page_number_in_the_middle(pdf: Pdf) -> None:
    assert "2031" in text_of(pdf([(72, 700, 16, "开放年份"), (72, 600, 16, "2031"), (72, 500, 16, "特此公告")]))


def test_order_is_by_place_where_the_file_has_another(pdf: Pdf) -> None:
    page = [(72, 600, 16, "其后为正文。"), (72, 700, 16, "标题在上"), (72, 500, 16, "末尾。")]
    assert text_of(pdf(page)) == "标题在上\n其后为正文。\n末尾。"


def test_two_columns_stay_in_the_order_of_the_file() -> None:
    left = [Line(f"左{n}", 50, 250, 700 - 20 * n, 714 - 20 * n, 14) for n in range(4)]
    right = [Line(f"右{n}", 300, 500, 700 - 20 * n, 714 - 20 * n, 14) for n in range(4)]
    assert [line.text for line in ordered(left + right)] == ["左0", "左1", "左2", "左3", "右0", "右1", "右2", "右3"]


def test_cells_are_parted_and_never_joined(pdf: Pdf) -> None:
    rows = [(72, 700, 16, "馆名"), (300, 700, 16, "座位"), (72, 672, 16, "东馆"), (300, 672, 16, "80")]
    assert text_of(pdf([*rows, *wrapped(SENTENCE, 600)])) == f"馆名\t座位\n东馆\t80\n{SENTENCE}"


def test_lists_of_equal_length_are_not_joined(pdf: Pdf) -> None:
    names = [
        (72, 700 - 28 * number, 16, f"云溪县第{sign}图书馆座位管理办公室") for number, sign in enumerate("一二三四")
    ]
    assert text_of(pdf([*names, *wrapped(SENTENCE, 500)])) == "\n".join([name[3] for name in names] + [SENTENCE])


def test_where_nothing_is_indented_articles_still_begin_paragraphs(pdf: Pdf) -> None:
    article = "第一条 为了规范座位预约，方便读者，制定本办法并予公布，自四月一日起施行，请遵照执行。"[:40]
    lines = wrapped(article, 700, indent=0) + wrapped(article.replace("一", "二", 1), 644, indent=0)
    assert text_of(pdf(lines)) == article + "\n" + article.replace("一", "二", 1)


def test_spacing_of_the_typesetter_is_no_blank(pdf: Pdf) -> None:
    page = [
        (72, 700, 16, "自"),
        (92, 700, 16, "2031"),
        (160, 700, 16, "年起"),
        (72, 600, 16, "第一章"),
        (136, 600, 16, "总"),
    ]
    assert text_of(pdf(page)) == "自2031年起\n第一章 总"


def test_page_numbers_and_headers_by_place() -> None:
    pages = [[Line("12", 50, 60, 20, 34, 14), Line("正文", 50, 90, 400, 414, 14), Line("2031", 50, 90, 300, 314, 14)]]
    assert [line.text for line in next(without_running(pages))] == ["正文", "2031"]
    assert list(paragraphs([[]])) == []


def refusal(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        reader.read(data, Path("a.pdf"))
    return str(caught.value)


def test_what_holds_no_text_is_named(pdf: Pdf) -> None:
    assert refusal(pdf([]).read_bytes()) == "a.pdf: no text in it: scanned? run OCR first"
    assert refusal(b"%PDF-1.4\nnothing").startswith("a.pdf: broken")
    assert refusal(b"plain text").startswith("a.pdf: broken")


def test_encrypted_files_are_named(pdf: Pdf) -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(clone_from=pdf([(72, 700, 16, "甲")]))
    writer.encrypt("secret", algorithm="RC4-128")
    path = Path(pdf([(72, 700, 16, "甲")])).with_name("locked.pdf")
    writer.write(path)
    assert refusal(path.read_bytes()) == "a.pdf: encrypted; save it without a password"
