"""What a query found: names of columns and rows of RDF terms; an ASK is one cell, a CONSTRUCT three columns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Protocol

from kg.triples import BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    import pandas

Cell = NamedNode | BlankNode | Literal | None
Row = tuple[Cell, ...]

XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = ("integer", "nonNegativeInteger", "int", "long")
_BROKEN = ("decimal", "double", "float")


class QueryError(ValueError):
    """Why a query cannot be answered, and what to do: syntax, an unknown name, a wrong parameter, an endpoint."""


class EmptyAnswerError(LookupError):
    """Nothing was found; the message says which part of the question matches nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns and rows, in the order in which they were found."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    form: str = "select"  # select, ask, graph

    def column(self, name: str) -> list[Cell]:
        """The cells of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame: numbers are numbers, IRIs and words are text, what is not known is missing."""
        # Imported on use: half a second that a query on the command line need not wait for.
        import pandas

        return pandas.DataFrame([[python(cell) for cell in row] for row in self.rows], columns=list(self.columns))


class Source(Protocol):
    """What answers SPARQL: the store of a build, or an endpoint."""

    def ask(self, query: str) -> Answer:
        """The answer to a query; `QueryError` where it cannot be had."""
        ...


def python(cell: Cell) -> str | int | float | bool | None:
    """A term as Python has it.

    >>> python(Literal("98.50", datatype=NamedNode(XSD + "decimal")))
    98.5
    """
    if not isinstance(cell, Literal):
        return None if cell is None else cell.value
    kind = cell.datatype.value.removeprefix(XSD)
    try:
        if kind in _WHOLE:
            return int(cell.value)
        if kind in _BROKEN:
            return float(Decimal(cell.value)) if kind == "decimal" else float(cell.value)
    except (ValueError, InvalidOperation):
        return cell.value
    return cell.value == "true" if kind == "boolean" else cell.value


def words(cell: Cell) -> str:
    """A term as a person reads it in a table, with the digits that it has."""
    return "" if cell is None else cell.value
