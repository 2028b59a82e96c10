"""`Graph` → networkx, and GraphML for Gephi, yEd, Cytoscape: entities as nodes, relations as edges, no figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import networkx

from kg.export.characters import legal
from kg.export.romanised import romanised
from kg.model import Entity, Graph, Relation

MINIMISED = 500  # nodes from which networkx minimises an energy, with scipy, in place of moving node by node
Attributes = dict[str, str | int | float]


def to_networkx(graph: Graph) -> networkx.MultiDiGraph[str]:
    """Nodes by entity id, edges keyed by predicate; all attributes are text or numbers, absent where nothing is known.

    A node has name, type, kind, owner, pinyin, english, `english_source` (official or generated), `mention_count`,
    `document_count`, and what the entity's attributes say.
    An edge has predicate, evidence (the best passage), antecedent, documents (parted by "; "), number of `passages`,
    confidence, period, role and status. The same relation in a second period or role has the key ``predicate#2``.
    """
    found: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for entity in graph.entities:
        found.add_node(entity.id, **_node(entity))
    for relation in graph.relations:
        key, times = relation.predicate, 1
        while found.has_edge(relation.subject, relation.object, key):
            times += 1
            key = f"{relation.predicate}#{times}"
        found.add_edge(relation.subject, relation.object, key, **_edge(relation))
    return found


def _node(entity: Entity) -> Attributes:
    documents = {mention.doc for mention in entity.mentions}
    counts = {"mention_count": len(entity.mentions), "document_count": len(documents)}
    known = {"name": entity.name, "type": entity.type, "kind": entity.kind, "owner": entity.owner}
    abroad = romanised(entity)
    known |= {"pinyin": abroad.pinyin, "english": abroad.english, "english_source": abroad.source}
    attributes: dict[str, str] = {}
    for name, value in entity.attributes:
        attributes[name] = f"{attributes[name]}; {value}" if name in attributes else value
    return {**attributes, **{name: text for name, text in known.items() if text}, **counts}


def _edge(relation: Relation) -> Attributes:
    found: Attributes = {"predicate": relation.predicate}
    qualifiers = {"period": relation.period, "role": relation.role, "status": relation.status}
    found.update({name: text for name, text in qualifiers.items() if text})
    if relation.evidence:
        best = relation.evidence[0]
        found["evidence"] = best.quote.text
        if best.antecedent:
            found["antecedent"] = best.antecedent.text
        found["documents"] = "; ".join(sorted({evidence.quote.doc for evidence in relation.evidence}))
        found["passages"] = len(relation.evidence)
        found["confidence"] = max(evidence.confidence for evidence in relation.evidence)
    return found


def positions(graph: Graph) -> dict[str, tuple[float, float]]:
    """Where to draw each entity, the same for the same graph: Fruchterman and Reingold's layout, from -1 to 1.

    Needs scipy from 500 entities on, and 5 seconds for 2,000; meant for no more.
    """
    plain: networkx.Graph[str] = networkx.Graph()
    plain.add_nodes_from(entity.id for entity in graph.entities)
    plain.add_edges_from((relation.subject, relation.object) for relation in graph.relations)
    # Minimising takes longer a step and settles after fewer.
    placed = networkx.spring_layout(plain, seed=0, iterations=50 if len(plain) < MINIMISED else 20)
    return {name: (round(float(x), 4), round(float(y), 4)) for name, (x, y) in placed.items()}


def write(graph: Graph, texts: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    """Write graph.graphml; what XML cannot hold becomes U+FFFD. Edges have ids e1, e2 …: Gephi wants them unique."""
    found: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    held = to_networkx(graph)
    for node, attributes in held.nodes(data=True):
        found.add_node(legal(node), **_legal(attributes))
    for number, (subject, target, attributes) in enumerate(held.edges(data=True), 1):
        found.add_edge(legal(subject), legal(target), **_legal(attributes), id=f"e{number}")
    # The writer without lxml: the same bytes whether lxml is installed or not.
    networkx.write_graphml_xml(found, folder / "graph.graphml", edge_id_from_attribute="id")
    return ("graph.graphml",)


def _legal(attributes: Mapping[str, str | int | float]) -> Attributes:
    return {legal(name): legal(value) if isinstance(value, str) else value for name, value in attributes.items()}
