"""Documents → which of them are copies of another one: an act as notice and as web page, a reprint.

By what was read of them (names, and the passages of relations and figures), nearly all of which a copy shares with its
original, and by an index over what few documents have: the time grows with the documents and not with their pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

from kg.model import DocumentGraph

SHARE = 0.8  # of the features of the document that has fewer, from which the other one holds it
SIZE = 0.4  # of the larger one's features that the smaller has at least: an excerpt is no copy
FEWEST = 8  # features of a document that can be told to be a copy
SKETCH = 48  # features of a document by which it is looked up
RARE = 12  # documents that have a feature by which one is looked up, at most


def copies(graphs: Sequence[DocumentGraph]) -> dict[str, str]:
    """Copy → its original, the first by name of all that are alike; the same for any order."""
    years = {graph.doc: (graph.meta.date or "")[:4] for graph in graphs}
    features = {graph.doc: frozenset(_features(graph)) for graph in sorted(graphs, key=lambda each: each.doc)}
    found: dict[str, str] = {}
    for doc, others in _looked_up(features):
        # A text of another year is another edition.
        earlier = [other for other in others if other < doc and len({years[doc], years[other], ""}) < 3]
        alike = [other for other in earlier if _alike(features[doc], features[other])]
        if alike:
            found[doc] = min(found.get(other, other) for other in alike)
    return found


def _features(graph: DocumentGraph) -> Iterator[int]:
    """Hashes of its names and passages, without spaces."""
    for entity in graph.entities:
        yield _hash(f"{entity.type}{entity.name}")
    passages = [*(r.evidence[0] for r in graph.relations), *(f.evidence[0] for f in graph.figures)]
    yield from (_hash("".join(passage.quote.text.split())) for passage in passages)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _looked_up(features: Mapping[str, frozenset[int]]) -> Iterator[tuple[str, set[str]]]:
    """Each document and those that share one of the features with the smallest hashes that few have."""
    common = Counter(feature for held in features.values() for feature in held)
    index: dict[int, list[str]] = defaultdict(list)
    for doc, held in features.items():
        for feature in sorted(each for each in held if 1 < common[each] <= RARE)[:SKETCH]:
            index[feature].append(doc)
    near: dict[str, set[str]] = defaultdict(set)
    for docs in index.values():
        for doc in docs:
            near[doc].update(docs)
    yield from ((doc, near[doc] - {doc}) for doc in features if doc in near)


def _alike(left: frozenset[int], right: frozenset[int]) -> bool:
    few, many = sorted((len(left), len(right)))
    return few >= FEWEST and few >= SIZE * many and len(left & right) >= SHARE * few
