"""``--endpoint``: the same answers from a SPARQL 1.1 server on loopback that nobody here wrote (Oxigraph's)."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg import query
from kg.cli import app
from kg.query import EmptyAnswerError, Endpoint, QueryError, Source
from kg.query.writing import to_csv
from kg.triples import parse, serialise

run = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke
SERVER = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")


@pytest.fixture(scope="module")
def url(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if SERVER is None:
        pytest.skip("the server oxigraph is not installed (pip install oxigraph)")
    folder = tmp_path_factory.mktemp("server")
    # The merged graph by default and a graph a document, as the embedded store has them.
    quads = [*parse(samples / "graph.ttl"), *parse(samples / "graph.trig")]
    (folder / "all.nq").write_bytes(serialise(quads, "nquads", {}))
    command = [SERVER, "load", "--location", str(folder / "db"), "--file", str(folder / "all.nq")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = [SERVER, "serve-read-only", "--location", str(folder / "db"), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(serve, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/query"
        finally:
            server.terminate()


@pytest.mark.parametrize("name", query.questions())
def test_every_question_has_the_answer_of_the_embedded_store(name: str, url: str, source: Source) -> None:
    example = query.questions()[name].example
    try:
        here = query.ask(source, name, example)
    except EmptyAnswerError:
        with pytest.raises(EmptyAnswerError):
            query.ask(Endpoint(url), name, example)
        return
    there = query.ask(Endpoint(url), name, example)
    assert there.columns == here.columns
    assert [[c and c.value for c in row] for row in there.rows] == [[c and c.value for c in row] for row in here.rows]


def test_the_commands_ask_it_without_a_folder(url: str, source: Source) -> None:
    asked = ["--endpoint", url, "--format", "csv"]
    done = run(app, ["ask", "metric-by-place", "metric=行政机关负责人出庭应诉率", *asked])
    assert done.exit_code == 0, done.output
    example = query.questions()["metric-by-place"].example
    assert done.stdout == to_csv(query.ask(source, "metric-by-place", example)).replace("\r\n", "\n")
    done = run(app, ["query", "ASK { ?body kg:issues ?policy }", *asked])
    assert done.stdout.split() == ["\ufeffanswer", "true"]
    done = run(app, ["query", "CONSTRUCT { ?a kg:issues ?b } { ?a kg:issues ?b }", "--plain", *asked])
    assert done.stdout.startswith("\ufeffsubject,predicate,object")
    assert len(done.stdout.splitlines()) > 5


def test_what_goes_wrong_there_is_told(url: str) -> None:
    with pytest.raises(QueryError, match=r"^line 1, column \d\d: cannot make sense of 'WHER'; the nearest: WHERE"):
        query.query(Endpoint(url), "SELECT ?a WHER { ?a kg:issues ?b }")
    with pytest.raises(QueryError, match="is an endpoint running there"):
        Endpoint("http://127.0.0.1:9/sparql").ask("ASK { ?a ?b ?c }")
    with pytest.raises(QueryError, match="is no address of an endpoint"):
        Endpoint("ftp://127.0.0.1/")
    with pytest.raises(QueryError, match=r"404|405|no result of SPARQL"):
        Endpoint(url.replace("/query", "/nothing")).ask("ASK { ?a ?b ?c }")
