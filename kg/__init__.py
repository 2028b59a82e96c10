"""policy-kg: Chinese government documents → a knowledge graph in which every statement keeps the passage that says it.

    import kg
    graph = kg.build(["reports/"])
    graph.entities, graph.relations, graph.figures

What is offered here comes from `kg.api`, which is imported when one of its names is first used: ``import kg`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph, build, load, nlp

__version__ = "0.1.0"
__all__ = ["KnowledgeGraph", "__version__", "build", "load", "nlp"]


def __getattr__(name: str) -> object:
    """The name from `kg.api` (PEP 562)."""
    if name in __all__:
        return getattr(import_module("kg.api"), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
