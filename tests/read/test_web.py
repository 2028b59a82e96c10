"""Saved pages: the document stays whole, what the site puts around it goes, what the head states becomes hints."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.web import read, read_page

BODY = (
    "<p>　　为方便读者，云溪县图书馆决定延长开放时间，现将有关事项公告如下。</p><p>　　一、周一至周五开放至21:30。</p>"
    "<p>　　二、周末开放时间不变，逢法定节假日另行公告。</p><p>云溪县图书馆</p><p>2031年4月1日</p>"
)
READ = (
    "　　为方便读者，云溪县图书馆决定延长开放时间，现将有关事项公告如下。\n　　一、周一至周五开放至21:30。\n"
    "　　二、周末开放时间不变，逢法定节假日另行公告。\n云溪县图书馆\n2031年4月1日"
)
TITLE = "云溪县图书馆关于延长开放时间的公告"


def page(inside: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inside}</body></html>"


@pytest.mark.parametrize("sign", ["\x0b", "\x01", "\x1f", "\uffff", "&#1;", "&#x0b;"])
def test_control_characters_of_a_page_are_blanks(sign: str) -> None:
    nav = f'<div class="header"><ul class="nav"><li><a href="/">首页</a></li></ul>{sign}</div>{sign}'
    reading = read_page(
        page(f'{nav}<div id="zoom"><script>{sign}</script>{sign}{BODY}</div>{sign}', f"<title>{TITLE}{sign}</title>")
    )
    assert reading.text.strip() == READ.strip()


def test_page_of_a_public_body() -> None:
    reading = read_page(
        page(
            '<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li>政务公开</li></ul></div>'
            '<div class="crumbs">当前位置：<a href="/">首页</a> > 公告</div>'
            f'<div class="wrap"><h1>{TITLE}</h1><div class="info"><span>发布时间：2031-04-02 08:00</span> '
            "<span>来源：云溪县图书馆</span> <span>浏览量：<i>-</i></span> <span>字体：【大 中 小】</span></div>"
            f'<div id="zoom">{BODY}</div><p>附件：<a href="/f/1.docx">座位预约表.docx</a></p>'
            '<div class="share">分享到：<a>微信</a></div><p>【打印】【关闭】</p></div>'
            '<div class="footer"><p>版权所有：云溪县人民政府</p><p>网站标识码：0000000000 某ICP备00000000号</p></div>',
            f'<title>{TITLE}_云溪县人民政府</title><meta name="ArticleTitle" content="{TITLE}">'
            '<meta name="PubDate" content="2031-04-02 08:00"><meta name="ContentSource" content="云溪县图书馆">'
            '<meta name="Url" content="https://example.org/1.html">',
        )
    )
    assert reading.text == (f"{TITLE}\n发布时间：2031-04-02 08:00 来源：云溪县图书馆\n{READ}\n附件：座位预约表.docx")
    assert reading.hints == {
        "title": TITLE,
        "date": "2031-04-02",
        "publisher": "云溪县图书馆",
        "url": "https://example.org/1.html",
    }


def test_table_of_information_is_kept_and_gives_hints() -> None:
    table = (
        "<table class=bd1><tr><td>索 引 号：</td><td>00000-1</td><td>主题分类：</td><td>文化</td></tr>"
        "<tr><td>发文机关：</td><td>云溪县人民政府</td><td>成文日期：</td><td>2031年04月01日</td></tr><tr><td>发文字号：</td><td>云政发〔2031〕4号</td>"
        "<td>发布日期：</td><td>2031年04月03日</td></tr></table>"
    )
    reading = read_page(page(f"{table}<table><tr><td>栏目</td><td class=b12c id=UCAP-CONTENT>{BODY}</td></tr></table>"))
    assert reading.text == (
        "索 引 号：\t00000-1\t主题分类：\t文化\n发文机关：\t云溪县人民政府\t成文日期：\t2031年04月01日\n"
        f"发文字号：\t云政发〔2031〕4号\t发布日期：\t2031年04月03日\n{READ}"
    )
    assert reading.hints == {"publisher": "云溪县人民政府", "date": "2031-04-01", "number": "云政发〔2031〕4号"}


@pytest.mark.parametrize(
    "inside",
    [
        f'<div class="x1"><div class="q7">{BODY}</div></div>',
        f"<form><div class='main-content header'>{BODY}</div></form>",
        f'<div style="visibility:hidden" id="js_content"><section>{BODY}</section></div><p>微信扫一扫</p>',
        f'<div style="display:none"><div>{BODY}</div></div>',
        f'<div class="TRS_Editor">{BODY[:120]}{BODY[120:]}</div>',
        f"<table width=980><tr><td><a href=/>首页</a></td><td><font>{BODY}</font></td></tr></table>",
        "<div>" * 300 + BODY + "</div>" * 300,
        f"<div class=c>{BODY.replace('p>', 'div>')}</div>",
        "<div class=c><div>" + READ.replace("\n", "<br>", 3).replace("\n", "</div><div>") + "</div></div>",
        "<div class=c><p>" + READ.replace("\n", "<br>", 2).replace("\n", "</p><p>") + "</p></div>",
    ],
)
def test_no_container_loses_text(inside: str) -> None:
    assert read_page(page(inside)).text == READ


def test_hidden_copies_and_scripts_go() -> None:
    copy = f'<div class="bbnr" style="display:none;">{BODY}</div>'
    script = f'<script>var 甲="{TITLE}";</script><noscript>请开启</noscript>'
    assert read_page(page(f"<div>{BODY}</div>{copy}{script}")).text == READ


def test_a_document_in_two_parts_is_kept_whole() -> None:
    second = "<p>附件一所列座位，读者可以提前三日预约，逾期未到的自动取消。</p>" * 3
    text = read_page(
        page(f'<div><div class="trs_editor">{BODY}</div><div class="trs_editor">{second}</div></div>')
    ).text
    assert text == READ + "\n附件一所列座位，读者可以提前三日预约，逾期未到的自动取消。" * 3


def test_rows_of_a_table_are_lines() -> None:
    table = (
        "<table><tr><th>馆名</th><th>座位<br>数</th></tr><tr><td><p>东馆</p></td><td><p>80</p>\n<p>90</p></td></tr>"
        "<tr><td></td><td>70</td></tr></table>"
    )
    assert read_page(page(f"<div>{BODY}{table}</div>")).text == f"{READ}\n馆名\t座位 数\n东馆\t80 90\n70"


def test_blank_space_of_the_file_is_layout() -> None:
    wrapped = "<p>\n  云溪县\n  图书馆 与 the\n  library，全角　空格&nbsp;与\t制表\n</p><p>&nbsp;</p><pre>一\n二</pre>"
    assert read_page(page(wrapped)).text == "云溪县图书馆 与 the library，全角　空格\xa0与 制表\n一\n二"


def test_title_without_the_name_of_the_site() -> None:
    assert read_page(page(f"<h2>{TITLE}</h2>{BODY}", f"<title>{TITLE}-公告-云溪县</title>")).hints["title"] == TITLE
    assert read_page(page(BODY, "<title>2031—2032年计划 | 云溪县</title>")).hints["title"] == "2031—2032年计划"


def test_a_list_of_links_is_a_document_if_there_is_no_other() -> None:
    links = "".join(f"<li><a href='/{n}'>云溪县图书馆第{n}号座位预约公告</a></li>" for n in range(3))
    text = read_page(page(f"<ul class='nav'><li><a href=/>首页</a></li></ul><ul>{links}</ul>")).text
    assert text == "\n".join(f"云溪县图书馆第{n}号座位预约公告" for n in range(3))


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "UTF-8", "no-such"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_declared_encodings_may_be_wrong(encoding: str, declared: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    assert read(page(BODY, head).encode(encoding), Path("a.html")).text == READ


@pytest.mark.parametrize(
    "text", ["", " ", "<html></html>", "<html><frameset><frame src=a></frameset></html>", "<script>1</script>"]
)
def test_pages_without_text(text: str) -> None:
    assert read_page(text).text.strip() == ""


def test_nesting_beyond_the_parser_loses_no_text() -> None:
    assert "末尾一句。" in read_page("<div>" * 5000 + "末尾一句。").text


@settings(deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_characters="<&\xad", exclude_categories=["Cs", "Cc", "Cn", "Co"])), min_size=1
    )
)
def test_characters_are_never_changed(paragraphs: list[str]) -> None:
    wanted = [" ".join(text.split(" ")).strip(" ") for text in paragraphs]
    wanted = [" ".join(filter(None, text.split(" "))) for text in wanted]
    found = read_page(
        page("<div id=zoom><p>首。</p>" + "".join(f"<p>{text}</p>" for text in paragraphs) + "<p>尾。</p></div>")
    ).text
    kept = [line for line in ("首。", *wanted, "尾。") if line and not line.isspace()]
    assert found.split("\n") == kept


def test_buttons_are_told_in_time_that_grows_with_the_line() -> None:
    assert read_page(page(f"<div>{BODY}<p>{'字大' * 4000}甲</p></div>")).text.endswith("甲")
