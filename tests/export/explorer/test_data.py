"""What the explorer writes, as far as it can be seen without a browser."""

import base64
import hashlib
import os
import pickle
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.export import explorer
from kg.export.explorer import data, layout, overview, page, passages, words
from kg.model import Graph

ROOT = Path(__file__).resolve().parents[3]
ESLINT = ROOT / "node_modules" / "eslint" / "bin" / "eslint.js"
Made = tuple[Graph, dict[str, str]]
Large = Callable[[int, int], Made]
Written = Callable[[Made], Path]


def test_same_bytes_in_every_process(large: Large, tmp_path: Path) -> None:
    (tmp_path / "graph").write_bytes(pickle.dumps(large(300, 600)))
    script = (
        "import pathlib, pickle, sys; from kg.export import explorer; folder = pathlib.Path(sys.argv[1]); "
        "explorer.write(*pickle.loads((folder.parent / 'graph').read_bytes()), folder)"
    )
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        subprocess.run([sys.executable, "-c", script, str(tmp_path / seed)], env=env, check=True)
    assert (tmp_path / "1" / "graph.html").read_bytes() == (tmp_path / "2" / "graph.html").read_bytes()


def test_policy_lets_through_what_is_there_and_nothing_else(small: Made, written: Written) -> None:
    text = written(small).read_text(encoding="utf-8")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy.startswith("default-src 'none'; ") and "require-trusted-types-for 'script'" in policy
    for kind, pattern in (("script", r"<script>(.*?)</script>"), ("style", r"<style>(.*?)</style>")):
        (content,) = re.findall(pattern, text, re.DOTALL)
        assert f"{kind}-src 'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'" in policy
    assert not re.search(r'(?:src|href)="|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|style="', text)


def test_large_graph_is_small_and_quick(large: Large, written: Written) -> None:
    made = large(2000, 4000)
    began = time.perf_counter()
    size = written(made).stat().st_size
    assert time.perf_counter() - began < 15
    assert size <= 1_200_000


def test_layout_of_twenty_thousand_takes_seconds() -> None:
    draw = random.Random(3)
    edges = [(draw.randrange(200), draw.randrange(20_000)) for _ in range(40_000)]
    began = time.perf_counter()
    places = layout.positions(20_000, edges)
    assert time.perf_counter() - began < 45
    assert len(set(places)) > 18_000


def test_first_view_keeps_labels_apart() -> None:
    edges = [(0, at) for at in range(1, 40)] + [(at, at + 40) for at in range(1, 40)]
    found = overview.first_view(layout.order(200, edges), edges, [12] * 200)
    assert len(found) <= 100
    wide, high = 12 * overview.LETTER, overview.HIGH
    pairs = [(a, b) for at, (_, a) in enumerate(found) for _, b in found[at + 1 :]]
    assert sum(abs(a[0] - b[0]) < wide - 2 and abs(a[1] - b[1]) < high - 2 for a, b in pairs) <= len(pairs) // 100


def test_past_the_limit_it_refuses_and_says_what_to_do(
    small: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explorer, "MOST", 10_000)
    with pytest.raises(ValueError, match=r"graph\.html would have .* MB.*rdf or tables"):
        explorer.write(*small, tmp_path)
    assert not list(tmp_path.iterdir())


def test_what_points_nowhere_is_named(small: Made) -> None:
    graph, texts = small
    with pytest.raises(ValueError, match=r"no entity organisation"):
        data.payload(Graph(graph.documents, graph.entities[:1], graph.relations, ()), texts)
    with pytest.raises(ValueError, match=r"no document old\.txt"):
        data.payload(Graph(graph.documents[:1], graph.entities, graph.relations, ()), texts)
    with pytest.raises(ValueError, match=r"figure figure/1: no entity"):
        data.payload(Graph(graph.documents, (), (), graph.figures), texts)


def test_an_attribute_names_the_documents_it_was_read_in(small: Made) -> None:
    graph, texts = small
    attributes = data.payload(graph, texts)["entities"]["attributes"]
    assert attributes[-1] == [
        ["documentNumber", "柳司〔2021〕7号", [1]],
        ["form", "rules", [1]],
        ["issuedOn", "2021-03-02", [0, 1]],
    ]
    unmerged = replace(graph, entities=tuple(replace(entity, stated=()) for entity in graph.entities))
    assert data.payload(unmerged, texts)["entities"]["attributes"][-1][0] == ["documentNumber", "柳司〔2021〕7号", []]


def test_context_ends_at_line_ends_and_each_character_is_carried_once(small: Made) -> None:
    graph, texts = small
    found = passages.collect(graph, texts, {"new.txt": 0, "old.txt": 1})
    assert "".join(text for doc, _, text in found.excerpts if doc == 1) == "".join(texts["old.txt"].split("\n")[1:])
    for quote, row in found.index.items():
        excerpt, start, length = found.places[row]
        assert found.excerpts[excerpt][2][start : start + length] == quote.text
    without = passages.collect(graph, {}, {"new.txt": 0, "old.txt": 1})
    assert {text for _, _, text in without.excerpts} == {quote.text for quote in without.index}


def test_modules_that_cannot_be_packed_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ASSETS", tmp_path)
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\n')
    for source, said in (
        ('import { a } from "./a.js";\n', "imports itself"),
        ("export default 1;\n", "only"),
        ("'</script>'", "cannot stand"),
    ):
        (tmp_path / "b.js").write_text(source)
        with pytest.raises(ValueError, match=said):
            page.bundle("a")


def test_words_are_there_in_both_languages() -> None:
    spoken = words.interface()
    assert spoken["zh"].keys() == spoken["en"].keys()
    for table in ("sentences", "incoming"):
        zh, en = spoken["zh"][table], spoken["en"][table]
        assert isinstance(zh, dict) and isinstance(en, dict) and zh.keys() == en.keys()
        assert set(words.labels(set(zh), set())["en"]["names"]) == set(zh), "a predicate that policy.ttl does not hold"
    sources = "".join(path.read_text(encoding="utf-8") for path in page.ASSETS.iterdir())
    asked = set(re.findall(r'(?:\bt|counted)\("(\w+)"|data-t(?:-label)?="(\w+)"', sources))
    keys = {one or other for one, other in asked} | set(re.findall(r'\bkey: "(\w+)"', sources))
    assert keys <= spoken["zh"].keys()
    assert not re.search("[\u3400-\u9fff]", sources), "words of the page belong into messages/explorer.toml"


def test_colours_stand_out_in_both_themes() -> None:
    style = (page.ASSETS / "style.css").read_text(encoding="utf-8")
    for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL):
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for ground in ("paper", "card", "hover"):
            for name, colour in colours.items():
                least = (
                    4.5
                    if name in ("ink", "muted", "accent", "link")
                    else 3.0
                    if "look" in name or name.endswith("-line")
                    else 0
                )
                assert contrast(colour, colours[ground]) >= least, (name, ground)
        for ground in ("subject", "object"):
            assert contrast(colours["ink"], colours[ground]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.skipif(shutil.which("node") is None, reason="no node")
def test_modules_alone() -> None:
    folder = Path(__file__).parents[2] / "js"
    ran = subprocess.run(["node", "--test", *map(str, folder.glob("*.mjs"))], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[-4000:]


@pytest.mark.skipif(not ESLINT.exists(), reason="no eslint: npm install --no-save eslint@9 @eslint/js@9 globals@16")
def test_eslint_finds_nothing() -> None:
    config = ROOT / "tests" / "js" / "lint" / "eslint.config.mjs"
    scripts = [*page.ASSETS.glob("*.js"), *(ROOT / "tests" / "js").glob("*.mjs")]
    ran = subprocess.run(
        ["node", ESLINT, "--config", config, "--no-warn-ignored", *sorted(scripts)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-1000:]


def test_values_of_attributes_have_labels_of_their_own() -> None:
    found = words.labels({"form"}, {"form-plan", "plan"})
    assert found["zh"]["names"] == {"form": "文种"}
    assert found["zh"]["values"] == {"form-plan": "规划方案", "plan": "方案"}


def test_scripts_are_small_and_use_all_they_import() -> None:
    sources = {path.stem: path.read_text(encoding="utf-8") for path in page.ASSETS.glob("*.js")}
    wanted: set[tuple[str, str]] = set()
    for name, source in sources.items():
        lines = source.splitlines()
        assert (lines[0].startswith("// ") and lines[0].endswith((".", ":", ",", ";"))) or lines[1].startswith("// "), (
            name
        )
        assert len(lines) <= 250 and max(map(len, lines)) <= 120, name
        assert not re.search(r"\bvar |[^=!]==[^=]|!=[^=]|console\.|TODO", source), name
        for words_, origin in re.findall(r'^import \{([^}]*)\} from "\./(\w+)\.js";$', source, re.MULTILINE):
            for word in (word.strip() for word in words_.split(",")):
                assert len(re.findall(rf"(?:(?<![\w.])|(?<=\.\.\.)){word}\b", source)) > 1, (
                    f"{name}.js imports {word} and does not use it"
                )
                wanted.add((origin, word))
    given = {(name, word) for name, source in sources.items() for word in page.EXPORT.findall(source)}
    tested = "".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "js").glob("*.mjs"))
    unused = {f"{name}.js exports {word}" for name, word in given - wanted if not re.search(rf"\b{word}\b", tested)}
    assert not unused
