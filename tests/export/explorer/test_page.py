"""The explorer page as a person uses it, in headless Chromium.

Times are three times the limits of the list, which are for two cores and no GPU.
"""

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kg.model import Graph

Made = tuple[Graph, dict[str, str]]
Large = Callable[[int, int], Made]
Written = Callable[[Made], Path]
Page = Any  # of conftest.py


def test_first_view(opened: Page) -> None:
    assert opened.js("document.documentElement.lang") == "zh-CN"
    assert opened.js("document.activeElement.id") == "search"
    assert opened.js("[__kg.ready, __kg.visible, __kg.selected, __kg.renderer]") == [
        True,
        {"nodes": 6, "edges": 5},
        None,
        "canvas",
    ]
    assert opened.find(".shown .nodes").text == "显示 6 / 6 个实体"
    for text in ("机器阅读，请核对原文", "2 份文件", "2023-05-04", "policy-kg"):
        assert text in opened.find("#footer").text
    opened.driver.execute_script("try { window.__kg.ready = 1; window.__kg = 1 } catch {}")
    assert opened.js("__kg.ready") is True


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("司法局", "柳塘市司法局"),
        ("发改委", "柳塘市发展改革委 柳塘市发改委"),
        ("liutangshisifaju", "柳塘市司法局"),
        ("ltsfgw", "柳塘市发展改革委"),
        ("LTSSFJ", "柳塘市司法局"),
        ("changle", "长乐县"),
        ("１２３６０", "12360便民专线"),
        ("12360", "12360便民专线"),
        ("一窗通办", "“一窗通办”平台"),
        ("gzbm", "《柳塘市公证便民办法》"),
        ("满意率", "满意率"),
        ("柳塘观察", "柳塘观察"),
    ],
)
def test_search(opened: Page, typed: str, name: str) -> None:
    assert name in opened.search(typed)[:3]


def test_search_says_when_nothing_is_found(opened: Page) -> None:
    assert opened.search("不存在的机构") == []
    assert opened.texts("#options .none") == ["没有找到。可以试试简称、拼音或更短的词。"]


def test_all_that_is_named_so_with_a_way_back(opened: Page) -> None:
    opened.search("公证便民")
    assert opened.texts("#options .every") == []
    opened.search("柳塘市")
    assert opened.texts("#options .every") == ["名称含“柳塘市”的全部 3 个实体"]
    opened.keys("\ue015" * 3, "\ue007")
    opened.until("location.hash.includes('words=')")
    assert opened.texts(".worded")[0].startswith("名称含“柳塘市”")
    assert opened.js("__kg.visible") == {"nodes": 5, "edges": 5}
    opened.click("#tab-compare")
    assert opened.texts("#compare .metric .han") == ["满意率"]
    opened.click(".worded .close")
    assert opened.texts(".worded") == []
    assert opened.js("__kg.visible.nodes") == 6


def test_planned_is_told_from_done(opened: Page) -> None:
    assert opened.texts("#lines span") == [" 已做", " 计划或要求"]
    opened.search("fzggw")
    opened.keys("\ue007")
    assert opened.texts("#panel .sentence .tag") == ["计划"]
    opened.search("changle")
    opened.keys("\ue007")
    assert not opened.find("#lines").is_displayed()


def test_a_narrow_page_says_what_is_in_here_when_asked(browser: Page, small_page: Path) -> None:
    browser.open(small_page, 390, 844)
    assert not browser.find("#panel").is_displayed()
    browser.click("#open-start")
    assert browser.texts("#panel .tiles dd") == ["2", "6", "5", "2"]
    browser.click("#panel .close")
    assert not browser.find("#panel").is_displayed()
    browser.open(small_page)
    assert set(browser.texts("#panel [data-do=compare]")) == {"办件量", "满意率"}
    browser.clean(small_page)


def test_on_a_narrow_page_the_panel_does_not_cover_what_was_asked_for(browser: Page, small_page: Path) -> None:
    browser.open(small_page, 390, 844)
    browser.search("柳塘市司法局")
    browser.keys("\ue007")
    assert browser.find("#panel").is_displayed()
    browser.click("[data-do=steps-2]")
    assert not browser.find("#panel").is_displayed()
    browser.search("柳塘市司法局")
    browser.keys("\ue007")
    assert browser.find("#panel").is_displayed()
    browser.click("#tab-compare")
    browser.click("#compare .metric")
    browser.click("#compare .value")
    assert browser.find("#panel .figure-title").is_displayed()
    browser.clean(small_page)


def test_what_is_shown_and_its_buttons_do_not_cover_each_other(browser: Page, small_page: Path) -> None:
    browser.open(small_page, 1024, 768)
    browser.click("#language")
    browser.search("柳塘市司法局")
    browser.keys("\ue007")
    browser.unfold("places")
    browser.click("[data-name=places] .option")
    around = "(() => { const [a, b, c] = ['.shown strong', '.shown .edges', '#bar .buttons'].map((one) => "
    around += "document.querySelector(one).getBoundingClientRect()); "
    around += "return a.width > 80 && (b.right <= c.left || b.bottom <= c.top); })()"
    assert browser.js(around)
    browser.click("[data-do=clear]")
    browser.clean(small_page)


def test_the_first_screen_says_all_of_what_is_in_here(opened: Page) -> None:
    bottom = "Math.max(...[...document.querySelectorAll(arguments[0])].map((e) => e.getBoundingClientRect().bottom))"
    top = opened.js("document.querySelector('#footer').getBoundingClientRect().top")
    assert opened.js(bottom, "#panel .start .names") <= top


def test_entity_panel(opened: Page) -> None:
    opened.search("sfj")
    opened.keys("\ue007")
    assert opened.js("__kg.selected") == "organisation/柳塘市司法局"
    assert opened.find("#panel h2").text == "柳塘市司法局"
    assert opened.find("#panel .kicker").text == "机构"
    assert opened.texts("#panel .group h3") == ["合作1", "设立2", "落实1", "数据1", "文件2"]
    sentences = [text.split() for text in opened.texts("#panel .sentence")]
    assert "柳塘市司法局设立“一窗通办”平台2021·牵头" in ["".join(parts) for parts in sentences]
    assert opened.find(".shown").text.startswith("柳塘市司法局的周围")
    assert opened.js("__kg.visible") == {"nodes": 5, "edges": 4}
    opened.click("[data-do=back]")
    opened.until("__kg.visible.nodes === 6")
    assert opened.all("[data-do=back]") == []


def test_each_attribute_has_the_document_that_states_it(opened: Page) -> None:
    opened.search("gzbm")
    opened.keys("\ue007")
    assert opened.texts("#panel .facts-list > div") == [
        "类别政策文件据名称和上下文判断",
        "发文字号柳司〔2021〕7号关于公证便民工作的通知",
        "文种规章规则据标题和制定机关判断关于公证便民工作的通知",
        "发布日期2021-03-02柳塘观察关于公证便民工作的通知",
    ]
    opened.click("#panel .stated .link")
    assert opened.js("__kg.selected") == "old.txt"
    opened.search("changle")
    opened.keys("\ue007")
    assert opened.texts("#panel .facts-list > div") == ["行政区划代码990101取自行政区划代码表，不出自文件"]


def test_evidence(opened: Page, small: Made) -> None:
    opened.search("一窗通办")
    opened.keys("\ue007")
    opened.driver.execute_script(
        "[...document.querySelectorAll('.sentence')].find((e) => /设立/.test(e.textContent)).click()"
    )
    assert opened.js("__kg.selected") == "organisation/柳塘市司法局 establishes mechanism/“一窗通办”平台"
    said = next(r for r in small[0].relations if r.predicate == "establishes" and "一窗" in r.object)
    newest, older = said.evidence[1], said.evidence[0]
    assert opened.texts(".source > blockquote .quote") == [newest.quote.text, older.quote.text]
    assert opened.texts(".source .antecedent .quote") == ["柳塘市司法局"]
    assert opened.texts(".source:first-child .mark.subject") == ["柳塘市司法局"]
    assert opened.texts(".source:last-child > blockquote .mark.object") == ["“一窗通办”平台"]
    around = "".join(opened.texts(".source:last-child > blockquote"))
    assert around in small[1]["old.txt"] and around.startswith("柳塘市司法局依据")
    facts = opened.find(".source:last-child .printed").text.split()
    assert facts == ["关于公证便民工作的通知", "柳塘市司法局", "柳司〔2021〕7号", "2021-03-02", "置信度", "0.90"]
    opened.click(".source:last-child .printed .link")
    assert opened.js("__kg.selected") == "old.txt"


def test_figure_panel(opened: Page) -> None:
    opened.click("#tab-table")
    opened.click("[data-kind=figures]")
    opened.click("tbody tr:first-child button.row")
    assert opened.js("__kg.selected") == "figure/1"
    assert opened.find("#panel .amount").text == "不低于95%"
    assert opened.texts("#panel .source > blockquote .mark.object") == ["不低于95%"]
    assert {"目标", "以上", "2021"} <= set(opened.texts("#panel dd"))


def test_table_sorts_and_selects_both_ways(opened: Page) -> None:
    opened.click("#tab-table")
    assert len(opened.all("tbody th .han")) == opened.js("__kg.visible.nodes")
    opened.click("[data-sort=relations]")
    counts = [int(text) for text in opened.texts("tbody td:nth-child(5)")]
    assert counts == sorted(counts, reverse=True)
    assert opened.find("th[aria-sort]").get_attribute("aria-sort") == "descending"
    opened.click("[data-sort=entity]")
    assert opened.texts("tbody th .han")[0] != opened.texts("tbody th .han")[-1]
    opened.click("tbody tr:nth-child(2) button.row")
    chosen = opened.texts("tbody tr:nth-child(2) .han")[0]
    assert opened.find("#panel h2").text == chosen
    opened.search("zhuanxian")
    opened.search("bmzx")
    opened.keys("\ue007")
    assert opened.texts("tr.chosen th .han") == ["12360便民专线"]
    opened.click("[data-kind=relations]")
    assert len(opened.all("tbody tr")) == opened.js("__kg.visible.edges") == 1


def test_filters_count_as_python_does(opened: Page, small: Made) -> None:
    graph, _ = small
    types = {entity.id: entity.type for entity in graph.entities}

    def shown() -> dict[str, int]:
        facets = opened.js("[...document.querySelectorAll('.option input')].map((e) => e.dataset.facet)")
        return {facet: int(count) for facet, count in zip(facets, opened.texts(".option .count"), strict=True)}

    expected = {f"types {name}": count for name, count in Counter(types.values()).items()}
    expected |= {"types government": 1, "types document": 1}
    expected |= {f"predicates {name}": count for name, count in Counter(r.predicate for r in graph.relations).items()}
    assert shown() == expected
    opened.click("[data-facet='predicates implements']")
    ends = {end for r in graph.relations if r.predicate == "implements" for end in (r.subject, r.object)}
    assert {facet: n for facet, n in shown().items() if facet.startswith("types") and n} == {
        f"types {name}": count for name, count in Counter(types[end] for end in ends).items()
    } | {"types document": 1, "types government": 1}
    assert opened.js("__kg.visible") == {"nodes": len(ends), "edges": 2}
    opened.click("[data-facet='types Policy']")
    assert opened.js("__kg.visible.nodes") == 0
    opened.click("[data-facet='types Organisation']")
    assert opened.js("__kg.visible") == {"nodes": 2, "edges": 1}
    opened.click("[data-do=clear]")
    assert opened.js("__kg.visible") == {"nodes": 6, "edges": 5}


def test_keyboard_alone(opened: Page) -> None:
    reached = []
    for _ in range(30):
        opened.keys("\ue004")
        reached.append(
            opened.js(
                "document.activeElement.id || document.activeElement.dataset.facet || document.activeElement.className"
            )
        )
        if reached[-1] == "canvas":
            break
    assert {"language", "types Place", "tab-picture", "canvas"} <= set(reached)
    assert opened.js("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    opened.keys("\ue015")
    first = opened.js("document.getElementById('live').textContent")
    assert "条关系" in first
    for arrow in ("\ue012", "\ue013", "\ue014", "\ue015") * 3:
        opened.keys(arrow)
        if "，0 条关系" not in opened.js("document.getElementById('live').textContent"):
            break
    opened.keys("\ue007")
    assert opened.js("__kg.selected") is not None
    opened.keys(" ")
    assert opened.find(".shown strong").text
    opened.js("document.querySelector('#panel .sentence').focus()")
    opened.keys("\ue007")
    assert " " in opened.js("__kg.selected")
    assert opened.js("document.activeElement.closest('#panel') !== null")
    opened.keys("\ue00c")
    assert opened.js("__kg.selected") is None


def test_clicks_on_the_picture(opened: Page) -> None:
    opened.search("bmzx")
    opened.keys("\ue007")
    opened.click("#panel .close")
    stage = opened.find("#canvas").rect
    line = stage["y"] + (36 + stage["height"] - 52) / 2  # the middle, less what is left free above and below
    found = set()
    for across in range(0, int(stage["width"]), 12):
        event = {"x": stage["x"] + across, "y": line, "button": "left", "clickCount": 1}
        for kind in ("mousePressed", "mouseReleased"):
            opened.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, **event})
        found.add(opened.js("__kg.selected"))
    bureau, phone = "organisation/柳塘市司法局", "mechanism/柳塘市/12360便民专线"
    assert {bureau, phone, f"{bureau} establishes {phone}"} <= found


def test_both_languages(opened: Page) -> None:
    opened.click("#language")
    assert opened.js("document.documentElement.lang") == "en"
    assert "Machine-read: check the source" in opened.find("#footer").text
    assert opened.find(".shown .nodes").text == "showing 6 / 6 entities"
    opened.search("司法局")
    opened.keys("\ue007")
    assert opened.find("#panel h2").get_attribute("lang") == "zh-CN"
    assert any("establishes" in text for text in opened.texts("#panel .sentence"))
    opened.click("#language")
    assert opened.find("#panel .kicker").text == "机构"


def test_narrow(browser: Page, small_page: Path) -> None:
    for wide in (390, 320):
        browser.open(small_page, wide, 844)
        assert browser.js("document.documentElement.scrollWidth") <= wide
        browser.search("sfj")
        browser.keys("\ue007")
        assert browser.js("document.documentElement.scrollWidth") <= wide
        assert browser.js("document.getElementById('stage').clientHeight") > 250
    browser.clean(small_page)


def test_nothing_moves_and_the_picture_is_the_same_again(browser: Page, small_page: Path) -> None:
    pictures = []
    for _ in range(2):
        browser.open(small_page)
        time.sleep(0.3)
        before = browser.js("__kg.drawn")
        time.sleep(0.5)
        assert browser.js("__kg.drawn") == before
        pictures.append(browser.js("document.getElementById('canvas').toDataURL()"))
    assert pictures[0] == pictures[1]


def test_hostile(browser: Page, hostile: Made, written: Written) -> None:
    path = written(hostile)
    browser.open(path)
    for typed in ("script", "甲", "Place", "javascript"):
        browser.search(typed)
        browser.keys("\ue007")
    for language in range(2):
        for tab, kinds in (("table", ("entities", "relations", "figures")), ("picture", ("",))):
            browser.click(f"#tab-{tab}")
            for kind in kinds:
                if kind:
                    browser.driver.execute_script(f"document.querySelector('[data-kind={kind}]').click()")
                for row in range(25):
                    browser.driver.execute_script(
                        "document.querySelectorAll('button.row, .sentence, .link')[arguments[0]]?.click()",
                        row * (language + 1),
                    )
        browser.driver.execute_script("document.getElementById('language').click()")
    for tab in ("compare", "timeline"):
        browser.click(f"#tab-{tab}")
        for button in range(40):
            browser.driver.execute_script(
                "document.querySelectorAll('[role=tabpanel]:not([hidden]) button, #panel button')[arguments[0]]?.click()",
                button,
            )
        browser.click(f"#tab-{tab}")
        browser.driver.execute_script("document.querySelector('.metric, .value')?.click()")
    browser.driver.execute_script("document.querySelectorAll('.facet').forEach((facet) => { facet.open = true })")
    browser.driver.execute_script("document.querySelectorAll('input[type=checkbox]').forEach((box) => box.click())")
    browser.driver.execute_script("document.querySelectorAll('button').forEach((button) => button.click())")
    assert browser.js("window.hacked") is None
    assert (
        browser.js("document.querySelectorAll('img, iframe, math, object, embed, base, a:not([href^=https])').length")
        == 0
    )
    assert browser.js("document.querySelectorAll('script, style').length") == 4
    browser.clean(path)


def test_hostile_addresses(browser: Page, hostile: Made, written: Written) -> None:
    path = written(hostile)
    for at, entity in enumerate(hostile[0].entities):
        name, spelt = (quote(text[:2000], safe="", errors="replace") for text in (entity.name, entity.id))
        raw = entity.name[:2000].encode("utf-8", "replace").decode()
        forms = (raw, name, f"centre={spelt}&pick=metric+{name}", f"tab=compare&metric={name}&unit={name}&years={name}")
        form = forms[at % 4]
        browser.driver.get("about:blank")
        browser.driver.get(f"{path.as_uri()}#{form}")
        browser.until("window.__kg?.ready")
        assert browser.js("window.hacked") is None
    browser.clean(path)


@pytest.mark.parametrize(("nodes", "edges", "limit"), [(300, 600, 2.4), (2000, 4000, 4.5)])
def test_ready_in_time(browser: Page, large: Large, written: Written, nodes: int, edges: int, limit: float) -> None:
    path = written(large(nodes, edges))
    ready = browser.open(path)
    assert ready < limit
    assert browser.js("__kg.visible.nodes") <= 100
    assert browser.find(".shown .nodes").text.endswith(f"/ {nodes:,} 个实体")
    browser.click("#all")
    assert browser.js("__kg.visible") == {"nodes": nodes, "edges": edges}
    took = []  # of three, since the way to the browser and back counts too, and another program may stand in it
    for typed in ("gz", "gzb", "gzbm"):
        began = browser.js("performance.now()")
        browser.driver.execute_script(
            "const box = document.getElementById('search'); box.value = arguments[0]; "
            "box.dispatchEvent(new Event('input'))",
            typed,
        )
        took.append(browser.js("performance.now()") - began)
    assert min(took) < 300
    assert browser.all("#options [id]")
    assert max(browser.js("window.tasks"), default=0) < 1500
    browser.clean(path)


def test_empty(browser: Page, written: Written) -> None:
    path = written((Graph((), (), (), ()), {}))
    browser.open(path)
    assert browser.js("__kg.visible") == {"nodes": 0, "edges": 0}
    browser.click("#tab-table")
    assert browser.find("#table .note").text == "当前没有可列出的内容。"
    browser.clean(path)
