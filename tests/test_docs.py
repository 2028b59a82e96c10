"""The documents say what is so: their commands and snippets run, what they list exists, their numbers are measured."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import kg
from kg import flow, language, read
from kg.cli import app
from kg.evaluate.predicates import predicates
from kg.knowledge import load

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh.md")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAGES = (*READMES, "CHANGELOG.md", "docs/architecture.md", *(p.relative_to(ROOT).as_posix() for p in DECISIONS))
TERMINAL = {"README.md": "C.UTF-8", "README.zh.md": "zh_CN.UTF-8"}
ELLIPSIS = "…"
CLASSES = {"Organisation", "Place", "Policy", "Mechanism"}
COMMANDS = typer.main.get_command(app)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str) -> list[tuple[str, str]]:
    """Language and content of every fenced block."""
    return FENCE.findall(text_of(name))


def commands(name: str) -> Iterator[list[str]]:
    """Every call of kg in a fenced block or in backticks, as words."""
    content = text_of(name)
    fenced = [line for _, block in FENCE.findall(content) for line in block.splitlines()]
    lines = [line.removeprefix("$ ").partition(" #")[0] for line in fenced]
    for line in (*lines, *re.findall(r"`([^`\n]+)`", FENCE.sub("", content))):
        if line == "kg" or line.startswith("kg "):
            yield shlex.split(line)[1:]


def every_command() -> Iterator[typer.core.TyperCommand]:
    """The commands, and those below them."""
    for command in COMMANDS.commands.values():
        yield from command.commands.values() if isinstance(command, typer.core.TyperGroup) else [command]


def unsaid(expected: str, said: str) -> list[str]:
    """Lines that were to be printed, in that order, and were not; how wide a gap is does not count."""
    printed = (line.split() for line in said.splitlines())
    return [line for line in expected.splitlines() if line.strip() != ELLIPSIS and line.split() not in printed]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the README has it: the samples' output, reports/ with two documents, and kg/samples."""
    folder = tmp_path_factory.mktemp("readme")
    samples = sorted(p for p in (ROOT / "kg" / "samples").iterdir() if p.suffix in {".txt", ".html", ".docx"})
    samples += sorted(p for p in (ROOT / "kg" / "samples").glob("*.md") if p.name != "README.md")
    flow.build(samples, folder / "output")
    (folder / "reports").mkdir()
    for path in samples[:2]:
        shutil.copy(path, folder / "reports")
    (folder / "kg").mkdir()
    (folder / "kg" / "samples").symlink_to(ROOT / "kg" / "samples", target_is_directory=True)
    return folder


@pytest.mark.parametrize("name", READMES)
def test_the_readme_opens_with_two_commands_and_a_picture(name: str) -> None:
    _, block, rest = text_of(name).split("```", 2)
    assert [line.split("#")[0].split() for line in block.split("\n") if line] == [["make", "demo"], ["make", "test"]]
    picture = re.match(r"\n\n!\[[^]]+\]\(([^)]+)\)\n", rest)
    assert picture and (ROOT / picture[1]).stat().st_size < 300_000


@pytest.mark.parametrize("name", READMES)
def test_every_snippet_runs_and_prints_what_is_shown(
    name: str, workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(workplace)
    names: dict[str, object] = {"__name__": "readme"}
    said, count = "", 0
    for form, block in blocks(name):
        if form == "python":
            count += 1
            exec(compile(block, f"{name}, snippet {count}", "exec"), names)
            said = capsys.readouterr().out
        elif form == "text":
            assert not unsaid(block, said), f"{name}, snippet {count} prints:\n{said}"
    assert count >= 4


@pytest.mark.parametrize("name", READMES)
def test_every_command_runs_and_prints_what_is_shown(
    name: str, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workplace)
    sessions = [block for form, block in blocks(name) if form == "console"]
    ran = 0
    for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(sessions), re.MULTILINE):
        program, *arguments = shlex.split(command)
        if program != "kg":
            assert program in ("source", "make", "git", "cd"), command
            continue
        done = CliRunner().invoke(app, arguments, env={"LC_ALL": TERMINAL[name]})
        assert done.exit_code == 0, f"{command}: {done.output}"
        assert not unsaid(shown, done.output), f"{name}: {command} prints:\n{done.output}"
        ran += 1
    assert ran >= 3


@pytest.mark.parametrize("name", PAGES)
def test_every_command_and_option_named_exists(name: str) -> None:
    for words in commands(name):
        options = {word.partition("=")[0] for word in words if re.match("--?[a-z]", word)}
        command = COMMANDS
        if words and not words[0].startswith("-"):
            assert words[0] in COMMANDS.commands, f"{name}: kg {' '.join(words)}"
            command = COMMANDS.commands[words[0]]
            if isinstance(command, typer.core.TyperGroup) and len(words) > 1:
                assert words[1] in command.commands, f"{name}: kg {' '.join(words)}"
                command = command.commands[words[1]]
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        assert options <= known, f"{name}: kg {' '.join(words)}"
    alone = set(re.findall(r"`(--[a-z-]+)`", text_of(name)))
    assert alone <= {o for c in every_command() for p in c.params for o in p.opts} | {"--version", "--help"}


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_all_that_there_is(name: str, workplace: Path) -> None:
    text = text_of(name)
    called = {words[0] for words in commands(name) if words}
    assert set(COMMANDS.commands) <= called
    options = {option for command in every_command() for p in command.params for option in p.opts}
    assert {option for option in options if option.startswith("--")} <= set(re.findall(r"--[a-z]+", text))
    named = set(re.findall(r"`([^`\n]+)`", text))
    assert set(read.FORMATS) | set(flow.ALL) <= named
    assert {p.name + "/" * p.is_dir() for p in (workplace / "output").iterdir()} <= named
    assert CLASSES | predicates().scored <= named & load().vocabulary
    assert all(f'"{component}"' in text for component in language.COMPONENTS)


@pytest.mark.parametrize("name", READMES)
def test_the_numbers_of_quality_are_those_of_the_page_of_quality(name: str) -> None:
    page = ROOT / "docs" / "quality.md"
    if not page.is_file():
        pytest.skip("docs/quality.md is not there; python bench/score.py --write makes it")
    measured = next(line for line in page.read_text(encoding="utf-8").splitlines() if "unseen" in line.lower())
    quoted = text_of(name).partition("<!-- quality -->")[2].partition("<!-- /quality -->")[0]
    numbers = re.compile(r"\d+(?:\.\d+)?")
    assert numbers.findall(quoted) == numbers.findall(measured), f"{name} does not quote: {measured}"


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", FENCE.sub("", text_of(name))):
        assert "://" in target or (ROOT / name).parent.joinpath(target).exists(), f"{name}: {target}"


def test_the_layers_are_those_that_import_linter_checks() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    contract = next(c for c in project["tool"]["importlinter"]["contracts"] if c["id"] == "layers")
    layers = [re.split(r" \| ", layer) for layer in contract["layers"]]
    table = text_of("docs/architecture.md").partition("## Layers")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \|", table, re.MULTILINE)
    assert [re.findall(r"`kg/(\w+)", row) for row in rows if "`" in row] == layers[::-1]


def test_modules_and_files_named_in_the_documents_exist() -> None:
    for name in PAGES:
        for path in re.findall(r"`((?:kg|tests|bench|docs|ontology)/[\w./-]+)`", text_of(name)):
            assert (ROOT / path).exists(), f"{name}: {path}"


def test_a_decision_says_context_what_was_seen_decision_and_consequences() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        headings = re.findall(r"^## (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Measured or seen", "Decision", "Consequences"], path.name
        assert f"({path.relative_to(ROOT / 'docs').as_posix()})" in text_of("docs/architecture.md"), path.name


def test_the_changes_of_this_version_are_told() -> None:
    assert f"## [{kg.__version__}]" in text_of("CHANGELOG.md")
