"""The rules of the house that no other tool checks: language is data, small enough to see, one door a library.

Direction and cycles are import-linter's (pyproject.toml), docstrings and broad excepts ruff's, types mypy's.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))

# Size budgets. Whoever must pass one makes two of the thing, or argues here.
LINES_OF_A_MODULE = 250
LINES_OF_A_FUNCTION = 40
METHODS_OF_A_CLASS = 10  # public ones that are no attributes
PARAMETERS = 5

HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# The blocks of Unicode, as a pattern names them, are no words.
BLOCKS = re.compile("\u3400-\u4dbf|\u4e00-\u9fff|\uf900-\ufaff|\U00020000-[\U0002a6df-\U0003ffff]")
# Numerals, which are no more knowledge of a field than 0 to 9 are; and the ends of the range of Han itself.
NUMERALS = {"kg/text.py": set("零〇一二三四五六七八九十百千万亿两俩" + "\u4e00\u9fff")}

# Library → the one place that imports it. A further library needs a line here, and a reason in docs/decisions.
DOORS = {
    "ahocorasick_rs": "kg/language/matching.py",
    "charset_normalizer": "kg/read/encoding.py",
    "jinja2": "kg/export/pyvis.py",
    "lxml": "kg/read/",
    "networkx": "kg/export/networkx.py",
    "numpy": ("kg/export/explorer/", "kg/language/"),
    "pandas": ("kg/export/tables.py", "kg/query/answers.py"),
    "pyoxigraph": ("kg/triples.py", "kg/query/"),  # files through the one, the store through the other
    "pypdfium2": "kg/read/pdf.py",
    "pypinyin": ("kg/export/explorer/pinyin.py", "kg/export/romanised.py"),
    "pyvis": "kg/export/pyvis.py",
    "rdflib": "kg/export/rdf/",
    "rich": "kg/cli/",
    "rjieba": "kg/language/",
    "scipy": "kg/language/network.py",
    "shacl": "kg/validate.py",
    "spacy": ("kg/language/", "kg/resolve/"),  # resolving reads the spans of a Doc
    "threadpoolctl": "kg/language/network.py",
    "typer": "kg/cli/",
    "yaml": "kg/read/frontmatter.py",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


every_module = pytest.mark.parametrize("path", MODULES, ids=name_of)


def docstrings(tree: ast.AST) -> set[int]:
    """The ids of the constants that are docstrings."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


def constants(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and value of every string constant that is no docstring."""
    known = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in known and isinstance(node.value, str | bytes):
            value = node.value
            yield node.lineno, value if isinstance(value, str) else value.decode("utf-8", "ignore")


@every_module
def test_language_is_data(path: Path) -> None:
    allowed = NUMERALS.get(name_of(path), set())
    words = ((line, value, HAN.findall(BLOCKS.sub("", value))) for line, value in constants(tree_of(path)))
    found = [(line, value) for line, value, characters in words if set(characters) - allowed]
    assert not found, f"{name_of(path)}: Chinese in string constants; it belongs into ontology/: {found}"


def test_the_page_has_its_words_from_the_ontology() -> None:
    assets = [p for p in (ROOT / "kg").rglob("assets/*") if p.suffix in {".js", ".html", ".css"}]
    assert assets
    for path in assets:
        assert not HAN.search(path.read_text(encoding="utf-8")), name_of(path)


@every_module
def test_a_module_is_small_enough_to_see(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LINES_OF_A_MODULE, f"{name_of(path)}: {lines} lines, over {LINES_OF_A_MODULE}; make two modules"


def is_option(parameter: ast.arg) -> bool:
    """Whether a command line gives it by name: of those a caller needs to know only the one that they want."""
    return parameter.annotation is not None and "typer.Option(" in ast.unparse(parameter.annotation)


@every_module
def test_functions_and_classes_are_small_enough_to_see(path: Path) -> None:
    problems = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LINES_OF_A_FUNCTION:
                problems.append(f"line {node.lineno}: {node.name} has {length} lines, over {LINES_OF_A_FUNCTION}")
            parameters = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            count = sum(each.arg not in ("self", "cls") and not is_option(each) for each in parameters)
            if count > PARAMETERS:
                problems.append(f"line {node.lineno}: {node.name} takes {count} parameters, over {PARAMETERS}")
        elif isinstance(node, ast.ClassDef):
            public = list(methods(node))
            if len(public) > METHODS_OF_A_CLASS:
                problems.append(f"line {node.lineno}: {node.name} has {len(public)} methods, over {METHODS_OF_A_CLASS}")
    assert not problems, f"{name_of(path)}: {'; '.join(problems)}"


def methods(node: ast.ClassDef) -> Iterator[str]:
    """The public methods that are called as such."""
    for each in node.body:
        if not isinstance(each, ast.FunctionDef) or each.name.startswith("_"):
            continue
        if not any("property" in ast.unparse(decorator) for decorator in each.decorator_list):
            yield each.name


def imported(tree: ast.Module) -> Iterator[str]:
    """Top-level packages that the module imports when it runs, in functions too."""
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


@every_module
def test_one_door_a_library(path: Path) -> None:
    for library in set(imported(tree_of(path))) - set(sys.stdlib_module_names) - {"kg"}:
        assert library in DOORS, f"{name_of(path)} imports {library}, which has no door yet; see DOORS"
        assert name_of(path).startswith(DOORS[library]), (
            f"{library} is imported in {DOORS[library]}, not {name_of(path)}"
        )


def test_every_door_leads_somewhere() -> None:
    used = {library for path in MODULES for library in imported(tree_of(path))}
    assert set(DOORS) <= used


@every_module
def test_names_say_what_a_thing_is(path: Path) -> None:
    vague = re.compile(r"(Manager|Engine|Processor|Handler|Helper|Utils?|Base)$", re.I)
    assert not vague.search(path.stem), name_of(path)
    classes = [node.name for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)]
    assert not [name for name in classes if vague.search(name)]
