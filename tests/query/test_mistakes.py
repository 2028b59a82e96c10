"""What a person is told of a query that is wrong or finds nothing."""

from __future__ import annotations

import pytest

from kg import query
from kg.query import EmptyAnswerError, QueryError, Source
from kg.query.patterns import patterns, tokens


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("SELECT ?a {\n  ?a kg:isues ?b }", r"line 2, column 6: kg:isues is not in the ontology; the nearest: issues"),
        ("SELECT ?a { ?a kgg:issues ?b }", r"line 1, column 16: prefix kgg: is not declared; the nearest: kg"),
        ("SELECT ?a { ?a <https://w3id.org/policy-kg/ontology#Plaze> ?b }", "the nearest: Place"),
        ("SELECTT ?a { ?a ?b ?c }", "begins with SELECT, ASK, CONSTRUCT, DESCRIBE, not SELECTT; the nearest: SELECT"),
        ("SELECT ?a { ?a ?b ?c ", r"a { is not closed"),
        ("SELECT ?a { ?a ?b ?c } ORDERED BY ?a", r"line 1, column \d+.*\n.*ORDERED"),
        ("SELECT ?a WHER { ?a kg:issues ?b }", r"line 1, column \d+: cannot make sense of 'WHER'; the nearest: WHERE"),
        ("SELECT ?a { ?a kg:issues ?b . FILTR (?a = ?b) }", "cannot make sense of 'FILTR'; the nearest: FILTER"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "would change the graph"),
        ("SELECT ?a { SERVICE <http://127.0.0.1/> { ?a ?b ?c } }", "SERVICE is not done"),
        ("", "line 1, column 1"),
    ],
)
def test_a_mistake_is_named_with_line_column_and_the_nearest_word(asked: str, said: str, source: Source) -> None:
    with pytest.raises(QueryError, match=said):
        query.query(source, asked)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("SELECT ?a { ?a kg:issues ?p . ?p kg:documentNumber 'x' }", "nothing matches “[?]p kg:documentNumber 'x'”"),
        ("SELECT ?a { ?a kg:issues ?p . ?a a kg:Place . ?a kg:documentNumber ?n }", "together with what stands before"),
        ("SELECT ?a { ?a kg:issues ?p FILTER (?a = ?p) }", "a FILTER, HAVING or LIMIT leaves nothing"),
        ("SELECT ?a { OPTIONAL { ?a kg:value 'x' } ?b kg:level 'x' }", "nothing matches “[?]b kg:level 'x'”"),
    ],
)
def test_an_empty_answer_says_which_part_matches_nothing(asked: str, said: str, source: Source) -> None:
    with pytest.raises(EmptyAnswerError, match=said):
        query.query(source, asked)


def test_patterns_are_found_in_brackets_lists_and_groups() -> None:
    text = """SELECT ?a ?v WHERE { ?a a kg:Figure ; kg:value ?v , ?w . # kg:no ?x
        ?a kg:evidence/oa:hasTarget [ oa:start ?s ; oa:end ?e ] . OPTIONAL { ?a kg:upper ?u }
        VALUES ?x { 1 2 } ?x kg:metric "a . b" FILTER (?v > 3 && EXISTS { ?a kg:bound ?b }) }"""
    found = [(str(each), each.required) for each in patterns(tokens(text))]
    assert found == [
        ("?a a kg:Figure", True),
        ("?a kg:value ?v", True),
        ("?a kg:value ?w", True),
        ("?a kg:evidence/oa:hasTarget ?_1", True),
        ("?_1 oa:start ?s", True),
        ("?_1 oa:end ?e", True),
        ("?a kg:upper ?u", False),
        ('?x kg:metric "a . b"', True),
    ]
