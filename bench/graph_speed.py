"""A million triples shaped like ours: kg's store beside raw pyoxigraph and rdflib in one run, a process for each.

usage: graph_speed.py [--triples N] [--write]   (--write also writes docs/graph-speed.md anew)

The quads are those of the samples again and again under other names. Each tool reads the same N-Quads, keeps them,
opens what it has kept in another process, reads all of it, and answers each question of kg ask; what takes longer than
its limit is stopped and shown as such.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import rdflib
from freeze_gold import ROOT
from pyoxigraph import RdfFormat, Store
from pyoxigraph import serialize as serialise

from kg import flow, query
from kg.export.rdf import BASE, prefixes
from kg.query import Embedded, EmptyAnswerError
from kg.query.embedded import both
from kg.triples import NamedNode, Quad, parse, stream

PAGE = ROOT / "docs" / "graph-speed.md"
TRIPLES = 1_000_000
TOOLS = ("kg", "pyoxigraph", "rdflib")
STEP_LIMIT, QUESTION_LIMIT = 900, 20  # seconds, of keeping and opening, and of a question
EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o }"
Times = dict[str, float | None]  # step → seconds; None where it was stopped


def copies(quads: Sequence[Quad], triples: int) -> Iterator[Quad]:
    """The quads again and again under other names; metrics and components stay, so that copies meet there."""
    for number in range(-(-triples // len(quads))):
        for quad in quads:
            terms = [_renamed(term, number) for term in (quad.subject, quad.object, quad.graph_name)]
            yield Quad(terms[0], quad.predicate, terms[1], terms[2])


def _renamed(term: Any, number: int) -> Any:
    if not number or not isinstance(term, NamedNode) or not term.value.startswith(BASE):
        return term
    kind, _, name = term.value.removeprefix(BASE).partition("/")
    if kind in ("metric", "component", "software"):
        return term
    if kind in ("statement", "evidence", "figure"):
        return NamedNode(f"{BASE}{kind}/{number:06x}{name[6:]}")
    return NamedNode(f"{BASE}{kind}/{number}/{name}")


class LimitError(Exception):
    """A step took too long."""


def timed(run: Callable[[], object], limit: float) -> tuple[float | None, object]:
    """The seconds a step took and what it gave; None where it was stopped."""

    def stop(*_: object) -> None:
        raise LimitError

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    start = time.perf_counter()
    try:
        found = run()
        return time.perf_counter() - start, found
    except LimitError:
        return None, None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


# --- what each tool does -------------------------------------------------------------------------------------------


def keep(tool: str, data: Path, folder: Path) -> object:
    """Keep the quads of a file, all facts merged in the default graph and each document's in its own too."""
    if tool == "kg":
        return Embedded.of(stream(data), folder)
    if tool == "pyoxigraph":
        store = Store(str(folder))
        store.bulk_extend(both(stream(data)))
        store.optimize()
        store.flush()
        return store
    return rdflib.Dataset(default_union=True).parse(data, format="nquads")


def reopen(tool: str, data: Path, folder: Path) -> Any:
    """What is asked: rdflib keeps nothing, so it parses again."""
    if tool == "kg":
        return Embedded.kept(folder)
    if tool == "pyoxigraph":
        return Store.read_only(str(folder))
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data, format="nquads")
    return dataset


def answer(tool: str, source: Any, sparql: str) -> object:
    """All rows with their terms, as a program takes them."""
    if tool == "kg":
        return source.ask(sparql).rows
    if tool == "pyoxigraph":
        return [tuple(row) for row in source.query(sparql, prefixes=prefixes())]
    return [tuple(row) for row in source.query(sparql, initNs=prefixes())]


def labelled(source: Embedded, sparql: str) -> object:
    """What kg ask prints: with labels and sentences."""
    try:
        return query.query(source, sparql).rows
    except EmptyAnswerError:
        return ()


def step(tool: str, what: str, data: Path, folder: Path) -> dict[str, Any]:
    """What a process of its own measures: keeping, or opening and asking."""
    times: Times = {}
    if what == "keep":
        folder.mkdir(exist_ok=True)
        times["write"], _ = timed(lambda: keep(tool, data, folder), STEP_LIMIT)
    else:
        times["open"], source = timed(lambda: reopen(tool, data, folder), STEP_LIMIT)
        asked = json.loads((data.parent / "asked.json").read_text(encoding="utf-8"))
        if source is not None:
            times["read"], _ = timed(lambda: answer(tool, source, EVERYTHING), STEP_LIMIT)
            for name, sparql in asked.items():
                times[name], _ = timed(lambda text=sparql: answer(tool, source, text), QUESTION_LIMIT)
                if tool == "kg":
                    times[name + "+"], _ = timed(lambda text=sparql: labelled(source, text), QUESTION_LIMIT)
    return {"times": times, "megabytes": peak()}


def peak() -> float:
    """The most memory that this process has taken, in MB; what getrusage gives counts its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) * 1024 / 1e6


# --- one run -------------------------------------------------------------------------------------------------------


def measure(triples: int, place: Path, tools: Sequence[str] = TOOLS) -> tuple[int, dict[str, Any]]:
    """The tools on the same quads: how many they are, and what each measured."""
    flow.build([ROOT / "kg" / "samples"], place / "samples", ("rdf",))
    quads = tuple(parse(place / "samples" / "graph.trig"))
    data = place / "graph.nq"
    with data.open("wb") as file:
        serialise(copies(quads, triples), file, format=RdfFormat.N_QUADS)
    source = query.opened(place / "samples")
    asked = {name: each.filled(each.example, source) for name, each in query.questions().items()}
    (place / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    found = {}
    for tool in tools:
        parts = [_apart(tool, what, place) for what in ("keep", "ask")]
        found[tool] = {"times": parts[0]["times"] | parts[1]["times"], "megabytes": [p["megabytes"] for p in parts]}
        kept = [path.stat().st_size for path in (place / tool).rglob("*") if path.is_file()]
        found[tool]["disk"] = sum(kept) / 1e6
    return -(-triples // len(quads)) * len(quads), found


def _apart(tool: str, what: str, place: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--step", tool, what, str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def page(count: int, found: dict[str, Any]) -> str:
    """The whole of docs/graph-speed.md."""
    ours, raw, other = (found[tool]["times"] for tool in TOOLS)
    head = ("", "kg", "pyoxigraph", "rdflib", "kg / pyoxigraph", "kg, with labels and sentences")
    rows: list[Sequence[str]] = [head]
    for key, name in (("write", "writing"), ("open", "opening in a new process"), ("read", "reading everything")):
        rows.append((name, *(_seconds(t[key], STEP_LIMIT) for t in (ours, raw, other)), _ratio(ours, raw, key), ""))
    for name in query.questions():
        limit = QUESTION_LIMIT
        told = [_seconds(t.get(name), limit) for t in (ours, raw, other)]
        rows.append((f"`{name}`", *told, "", _seconds(ours[name + "+"], limit)))
    together = [sum(t[name] or 0 for name in query.questions()) for t in (ours, raw)]
    rows.append(("all questions", *(f"{each:.2f}" for each in together), "–", f"{together[0] / together[1]:.2f}", ""))
    memory = [[f"{each:,.0f} MB" for each in found[tool]["megabytes"]] for tool in TOOLS]
    rows.append(("memory at most, writing", *(m[0] for m in memory), "", ""))
    rows.append(("memory at most, opening and asking", *(m[1] for m in memory), "", ""))
    rows.append(("on disk", *(f"{found[t]['disk']:,.0f} MB" if found[t]["disk"] else "–" for t in TOOLS), "", ""))
    longest = max(ours[name + "+"] or QUESTION_LIMIT for name in query.questions())
    return TEXT.format(
        count=count,
        cores=os.cpu_count(),
        load=os.getloadavg()[0],
        write=_ratio(ours, raw, "write"),
        read=_ratio(ours, raw, "read"),
        longest=longest,
        open=ours["open"],
        table=_markdown(rows),
        step=STEP_LIMIT,
        question=QUESTION_LIMIT,
    )


def _seconds(taken: float | None, limit: float) -> str:
    return f"more than {limit}" if taken is None else f"{taken:.3f}" if taken < 1 else f"{taken:.2f}"


def _ratio(ours: Times, raw: Times, key: str) -> str:
    one, other = ours[key], raw[key]
    return f"{one / other:.2f}" if one and other else "–"


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *body))


TEXT = """# A graph of a million triples, measured

{count:,} quads shaped like ours (the samples again and again under other names), in one run on a machine of {cores}
cores with a load of {load:.1f}; seconds. Writing costs **{write} ×** raw pyoxigraph and reading everything
**{read} ×** (limit 1.2), the longest question takes **{longest:.2f} s** with labels and sentences (limit 2), and a
build is opened in {open:.3f} s: nothing is parsed.

{table}

Every tool has a process of its own and the same file of N-Quads. Writing is parsing that file and keeping it: kg and
pyoxigraph in a store on disk (all facts merged in the default graph, and each document's in a graph of its own: two
quads for each), rdflib in memory, so that opening is parsing again. Reading is every term of every row. A step is
stopped after {step} s, a question after {question} s; rdflib asks its union of all graphs.

```
.venv/bin/python bench/graph_speed.py --write
```
"""


def main(arguments: list[str]) -> int:
    """Print the page; with ``--write``, write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", metavar="N", type=int, default=TRIPLES)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.step:
        tool, what, place = options.step
        print(json.dumps(step(tool, what, Path(place) / "graph.nq", Path(place) / tool)))
        return 0
    place = Path(tempfile.mkdtemp(prefix="kg-"))
    try:
        written = page(*measure(options.triples, place))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(written)
    if options.write:
        PAGE.write_text(written, encoding="utf-8", newline="\n")
        print(f"written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
