"""`Graph` → a pyvis network of a small graph: our positions, nothing moves, a page of it loads nothing from outside."""

from __future__ import annotations

import re
import webbrowser
from collections.abc import Callable
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader
from pyvis.network import Network

from kg.export.networkx import positions
from kg.model import Entity, Graph, Relation

LIMIT = 2000  # nodes that a browser still draws in seconds
LABEL = 14  # characters of a label
SPREAD = 150  # pixels between neighbours, about
# Colours of Okabe and Ito that stand out 3:1 on white (the purple darkened); shapes tell types apart without colour.
LOOKS = {
    "Organisation": ("#0072B2", "dot"),
    "Place": ("#009E73", "square"),
    "Policy": ("#D55E00", "diamond"),
    "Mechanism": ("#8F3A84", "triangle"),
}
OTHER = ("#000000", "star")
_OUTSIDE = re.compile(r"""<link[^>]*href="https?:[^>]*>|<script[^>]*src="https?:[^>]*>\s*</script>""")


def to_pyvis(graph: Graph) -> Network:
    """The network: names in the labels, evidence on hover; `show`, `write_html` and `generate_html` as pyvis has them.

    Raises `ValueError` above 2,000 entities.
    """
    if len(graph.entities) > LIMIT:
        raise ValueError(
            f"pyvis draws up to {LIMIT:,} entities, the graph has {len(graph.entities):,}; "
            "take a part of it, or open the explorer, which draws them all"
        )
    network = OfflineNetwork()
    names = {entity.id: entity.name for entity in graph.entities}
    scale = SPREAD * max(1, len(names)) ** 0.5
    for entity_id, (x, y) in positions(graph).items():
        network.add_node(entity_id, x=round(x * scale), y=round(y * scale))
    for entity in graph.entities:
        network.node_map[entity.id].update(_look(entity))
    for relation in graph.relations:
        network.add_edge(relation.subject, relation.object, title=_said(relation, names), width=1)
    return network


def _look(entity: Entity) -> dict[str, str]:
    """Label, hover text, colour and shape. The group is not given: pyvis would drop the colour."""
    color, shape = LOOKS.get(entity.type, OTHER)
    name = " ".join(entity.name.split())
    half = LABEL // 2
    label = name if len(name) <= LABEL else f"{name[:half]}…{name[-half + 1 :]}"
    return {"label": label or entity.id, "title": f"{name}\n{entity.type}", "color": color, "shape": shape}


def _said(relation: Relation, names: dict[str, str]) -> str:
    """The relation as a line, the passage and the document below it."""
    lines = [" ".join((names.get(relation.subject, ""), relation.predicate, names.get(relation.object, "")))]
    for evidence in relation.evidence[:1]:
        lines += [evidence.quote.text, evidence.quote.doc]
    return "\n".join(lines)


class OfflineNetwork(Network):  # type: ignore[misc]
    """pyvis 0.3.2 without its faults: requests to CDNs, titles and headings as HTML, the platform's encoding."""

    def __init__(self) -> None:
        super().__init__(height="750px", directed=True, cdn_resources="in_line")
        self.templateEnv = Environment(loader=_Offline(self.template_dir), autoescape=True)
        self.toggle_physics(False)
        self.set_edge_smooth("continuous")  # the default, dynamic, is a hidden node an edge

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The page; in a notebook too, where pyvis wants a template prepared by other means."""
        return str(super().generate_html(name, local, notebook=False))

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page as UTF-8, on Chinese Windows too, and no ``lib`` folder beside it."""
        Path(name).write_text(self.generate_html(name), encoding="utf-8")
        if open_browser:
            webbrowser.open(Path(name).resolve().as_uri())


class _Offline(BaseLoader):
    """pyvis' templates without what they load from outside, and without HTML made of titles."""

    def __init__(self, folder: str) -> None:
        self.files = FileSystemLoader(folder)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The template's text, mended if it is the page itself."""
        source, path, fresh = self.files.get_source(environment, template)
        if template == "template.html":
            source = _OUTSIDE.sub("", source).replace("popup.innerHTML", "popup.textContent")
        return source, path, fresh
