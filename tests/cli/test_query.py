"""``kg query`` and ``kg ask``: what they print, in which format, and what they say of mistakes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import QueryResultsFormat, parse_query_results
from typer.testing import CliRunner

from kg.cli import app

run = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke
ISSUED = "SELECT ?body ?policy { ?body kg:issues ?policy }"


def test_a_table_has_labels_and_the_sentence_that_says_so(built: Path) -> None:
    done = run(app, ["query", str(built), ISSUED])
    assert (done.exit_code, done.stderr) == (0, "")
    line = next(line for line in done.stdout.splitlines() if "公证便民办法" in line)
    assert line.split()[:3] == ["盘锦市司法局", "盘锦市公证便民办法", "“盘锦市司法局印发《盘锦市公证便民办法》”"]
    assert "https://" not in done.stdout
    assert done.stdout.splitlines()[-1] == "rows: 1"


def test_a_query_is_typed_or_stands_in_a_file(built: Path, tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_text("# 问题\n" + ISSUED, encoding="utf-8-sig")
    typed, filed = (run(app, ["query", str(built), each]).stdout for each in (ISSUED, str(tmp_path / "a.rq")))
    assert typed == filed


def test_a_description_needs_no_braces(built: Path) -> None:
    done = run(app, ["query", str(built), "DESCRIBE <https://w3id.org/policy-kg/id/organisation/盘锦市司法局>"])
    assert done.exit_code == 0
    assert "盘锦市公证便民办法" in done.stdout


def test_every_format_holds_the_same_rows(built: Path) -> None:
    told = {
        form: run(app, ["query", str(built), ISSUED, "-f", form]).stdout
        for form in ("csv", "tsv", "json", "xml", "markdown")
    }
    assert told["csv"].startswith("\ufeffbody,bodyLabel,policy,policyLabel,evidence")
    (row,) = csv.DictReader(io.StringIO(told["csv"].removeprefix("\ufeff")))
    (binding,) = json.loads(told["json"])["results"]["bindings"]
    assert {name: cell["value"] for name, cell in binding.items()} == row
    for form, kind in (
        ("json", QueryResultsFormat.JSON),
        ("xml", QueryResultsFormat.XML),
        ("tsv", QueryResultsFormat.TSV),
    ):
        (found,) = parse_query_results(told[form].encode(), kind)
        assert {variable: found[variable].value for variable in row} == row
    assert ElementTree.fromstring(told["xml"]) is not None
    assert told["markdown"].splitlines()[0] == "| body | policy | evidence |"


def test_mistakes_and_empty_answers_have_codes_of_their_own(built: Path, tmp_path: Path) -> None:
    for words, code, said in (
        (["query", str(built), "SELECT ?a { ?a kg:isues ?b }"], 2, "the nearest: issues"),
        (["query", str(built), "SELECT ?a { ?a kg:amends ?b }"], 1, "nothing found: nothing matches “?a kg:amends ?b”"),
        (["query", str(built), "LOAD <http://a.test/>"], 2, "would change the graph"),
        (["query", str(built), "none.rq"], 2, "neither SPARQL nor a file of it"),
        (["query", str(built), "SELECT", "?a"], 2, "quote a query that has spaces"),
        (["query", str(tmp_path), ISSUED], 2, "not the output of kg build"),
        (["ask", str(built)], 2, "no question; kg ask --list"),
        (["ask", str(built), "who"], 2, "'who' is no question"),
        (["ask", str(built), "sentences", "盘锦市"], 2, "write --name VALUE or name=VALUE"),
        (["ask", str(built), "sentences", "--subject"], 2, "--subject has no value"),
        (["ask", str(built), "sentences", "--values", "metric"], 2, "there is subject, relation, object"),
        (["ask"], 2, "nothing to ask"),
    ):
        done = run(app, words)
        assert (done.exit_code, done.stdout) == (code, ""), words
        assert said in done.stderr, words


def test_a_question_takes_its_parameters_either_way(built: Path) -> None:
    ways = (["subject=盘锦市司法局"], ["--subject", "盘锦市司法局"], ["--subject=盘锦市司法局"])
    told = {run(app, ["ask", str(built), "sentences", *way]).stdout for way in ways}
    assert len(told) == 1
    assert "盘锦市司法局印发《盘锦市公证便民办法》" in told.pop()


def test_the_folder_may_be_left_away_where_a_build_is_near(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    done = run(app, ["ask", "sentences", "--subject", "盘锦市司法局"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "which build? there is none here, in output/ or in out/; kg ask OUT sentences" in done.stderr
    monkeypatch.chdir(built)
    misspelt = run(app, ["ask", "sentense", "--subject", "盘锦市司法局"])
    assert (misspelt.exit_code, misspelt.stderr.partition(",")[0]) == (
        2,
        "kg: 'sentense' is no question; the nearest: sentences",
    )
    assert run(app, ["query", ISSUED]).stdout == run(app, ["query", str(built), ISSUED]).stdout
    near = run(app, ["ask", "sentences", "--subject", "盘锦市司法局"])
    assert near.exit_code == 0
    assert near.stdout == run(app, ["ask", str(built), "sentences", "--subject", "盘锦市司法局"]).stdout


@pytest.mark.parametrize(("locale", "said"), [("C.UTF-8", "Who works with whom?"), ("zh_CN.UTF-8", "谁与谁合作？")])
def test_the_questions_are_listed_in_the_language_of_the_terminal(locale: str, said: str) -> None:
    done = run(app, ["ask", "--list"], env={"LC_ALL": locale})
    assert f"cooperation\n    {said}" in done.stdout


def test_the_values_of_a_parameter_are_listed(built: Path) -> None:
    done = run(app, ["ask", str(built), "sentences", "--values", "subject", "-f", "csv"])
    assert "盘锦市司法局," in done.stdout
