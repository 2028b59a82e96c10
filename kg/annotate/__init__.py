"""Documents ↔ the files of annotation tools; what is corrected there becomes judgements and gold.

`FORMATS` has the tools: a module each, with ``dump`` (annotated documents → the text of a file) and ``parse`` (back).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from kg.annotate import doccano, labelstudio
from kg.annotate.changes import Changes
from kg.annotate.gold import gold
from kg.annotate.spans import Annotated, AnnotationError, annotated

__all__ = ["FORMATS", "Annotated", "AnnotationError", "Changes", "annotated", "gold", "parse"]

FORMATS: Mapping[str, ModuleType] = {"doccano": doccano, "label-studio": labelstudio}


def parse(text: str) -> list[Annotated]:
    """The annotated documents of a file of either tool; `AnnotationError` says what is wrong with it."""
    tool = labelstudio if text.lstrip().startswith("[") else doccano  # a list of tasks, or an object a line
    try:
        found: list[Annotated] = tool.parse(text)
    except KeyError as error:
        raise AnnotationError(f"no {error} where the format asks for one") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise AnnotationError(f"not in the format of doccano or Label Studio ({error})") from error
    return found
