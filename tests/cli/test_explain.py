"""``kg explain``: the sentence with both ends, the rule, the antecedent and what makes the confidence up."""

from __future__ import annotations

import json
import re
from pathlib import Path

from typer.testing import CliRunner

import kg
from kg import flow, statements
from kg.cli import app

run = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke


def test_a_relation_is_shown_in_its_sentence_with_rule_and_definition(built: Path) -> None:
    done = run(app, ["explain", str(built), "盘锦市司法局", "issues", "盘锦市公证便民办法"])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "issues: Makes, drafts, releases or promulgates the policy document" in done.stdout
    assert "报告.txt, line 2" in done.stdout
    marked = "[subject: 盘锦市司法局]印发[object: 《盘锦市公证便民办法》]，办结公证案件620件。"
    assert marked in done.stdout
    assert "read by kg_relations, rule “trigger”" in done.stdout


def test_an_actor_that_stands_elsewhere_is_shown_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "盘锦市司法局2021年工作报告\n一、主要工作\n盘锦市司法局召开会议。印发《盘锦市公证便民办法》。\n",
        encoding="utf-8",
    )
    flow.build([path], tmp_path / "out", ())
    printed = run(app, ["explain", str(tmp_path / "out"), "司法局", "issues", "公证便民办法"]).stdout
    assert "  印发[object: 《盘锦市公证便民办法》]。" in printed
    elsewhere = re.search(r"actor named in line (\d), \d+ characters before:\n +(.*)", printed)
    assert elsewhere[1] in "13"
    assert elsewhere[2].startswith("[subject: 盘锦市司法局]")


def test_the_parts_of_a_confidence_are_its_logit(built: Path) -> None:
    printed = run(app, ["explain", str(built), "盘锦市司法局 issues 公证便民办法"]).stdout
    value = float(re.search(r"confidence ([\d.]+), made up of", printed)[1])
    logit = sum(float(number) for number in re.findall(r"^ +([+-][\d.]+)  ", printed, re.MULTILINE))
    assert abs(1 / (1 + 2.718281828**-logit) - value) < 0.02


def test_a_confidence_of_another_version_is_not_taken_apart(built: Path) -> None:
    records = built / "records.jsonl"
    record = json.loads(records.read_text(encoding="utf-8"))
    for relation in record["relations"]:
        relation["confidence"] = 0.123
    records.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    printed = run(app, ["explain", str(built), "盘锦市司法局 issues 公证便民办法"]).stdout
    assert "confidence 0.12, given by another version of kg" in printed
    assert "made up of" not in printed


def test_it_is_found_by_id_and_by_the_iri_of_its_statement(built: Path) -> None:
    for identifier, relation in statements.identifiers(kg.load(built).graph).items():
        for name in (identifier, f"https://w3id.org/policy-kg/id/{identifier}"):
            lines = run(app, ["explain", str(built), name]).stdout.splitlines()
            assert lines[1] == identifier
            assert lines[2].startswith(f"{statements.label(relation.predicate, 'en')}: ")


def test_several_are_listed_and_one_of_them_can_be_chosen(built: Path) -> None:
    listed = run(app, ["explain", str(built), "盘锦市司法局"])
    assert listed.exit_code == 0
    assert re.match(r"\d+ relations fit; explain one of them with --number:", listed.stdout)
    second = listed.stdout.splitlines()[2].split()
    assert second[0] == "2"
    chosen = run(app, ["explain", str(built), "盘锦市司法局", "--number", "2"]).stdout.splitlines()
    assert chosen[1] == second[-1]


def test_it_speaks_chinese_where_the_terminal_does(built: Path) -> None:
    words = ["explain", str(built), "盘锦市司法局", "制定发布", "公证便民办法"]
    done = run(app, words, env={"LC_ALL": "zh_CN.UTF-8"})
    assert done.stdout.startswith("盘锦市司法局制定发布盘锦市公证便民办法")
    assert "［主语：盘锦市司法局］印发［宾语：《盘锦市公证便民办法》］" in done.stdout


def test_the_nearest_are_suggested_where_there_is_none(built: Path) -> None:
    for words in (["盘锦市司法厅", "issues", "公证便民办法"], ["盘锦市司法局 issues 公证便民办法", "--number", "9"]):
        done = run(app, ["explain", str(built), *words])
        assert (done.exit_code, done.stdout) == (1, "")
        assert "no relation of this id" in done.stderr
        assert "盘锦市司法局 issues 盘锦市公证便民办法" in done.stderr


def test_a_folder_that_is_no_build_is_named(tmp_path: Path) -> None:
    done = run(app, ["explain", str(tmp_path), "盘锦市"])
    assert done.exit_code == 2
    assert "not the output of kg build" in done.stderr
