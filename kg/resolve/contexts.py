"""A document and its entities → the type, name and owner of each without what only this document's place tells.

A county whose name others have takes the name of what it lies in, 广州 becomes 广州市 by its code, 本市… its name.
What is the state's loses the place that carries it out, what begins with another place's name is that place's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from kg.knowledge import Knowledge, load
from kg.model import DocumentGraph, Entity, Named
from kg.resolve.levels import Levels
from kg.resolve.spelling import Spelling, spelling

PROGRAMME, COUNTRY = "programme", "country"
LEAST = 3  # characters of a thing's name beside the place that it begins with


class Context:
    """What one document's entities are among those of all documents."""

    def __init__(self, graph: DocumentGraph) -> None:
        self.spelling: Spelling = spelling()
        self.knowledge: Knowledge = load()
        table = self.knowledge.patterns("identity")
        self.unplaced, self.own_text = re.compile(table["unplaced"]), re.compile(table["own_text"])
        self.national, self.own_place = re.compile(table["national"]), re.compile(table["own_place"])
        self.states_text, self.own_level = re.compile(table["states_text"]), re.compile(table["own_level"])
        self.everywhere = re.compile(table["body"]["everywhere"])
        self.own_start, self.own_place_name = re.compile(table["own_start"]), re.compile(table["own_place_name"])
        self.places_of_many = re.compile(table["places_of_many"])
        self.bare_text, self.session_text = re.compile(table["bare_text"]), re.compile(table["session_text"])
        self.beside_state = re.compile(table["beside_state"])
        self.of_state = frozenset(table["body"]["of_state"])
        self.codes = {each.id: dict(each.attributes).get("code", "") for each in graph.entities if each.type == "Place"}
        self.home = self.codes.get(graph.meta.about or "", "")
        self.doc = PurePosixPath(graph.doc).stem
        self.place = self.spelling.place(self.home) if self.home in self.spelling.gazetteer.by_code else ""
        self.issued = _issued(graph, self.codes, lambda name: self.spelling.headed(name, self.home)[0])
        self.kinds = re.compile(table["body"]["kinds"])
        self.levels = Levels(graph, self.spelling, table)
        self.own_names = {each.name for each in graph.entities if each.id == graph.meta.about}

    def of(self, entity: Entity) -> Entity:
        """The entity under the name that it has among those of other documents."""
        named = self.named(entity)
        return replace(entity, name=named.name, owner=named.owner)

    def named(self, entity: Entity) -> Named:
        """Its type, name and owner."""
        given = Named(entity.type, entity.name, entity.owner)
        if entity.type == "Place":
            return self._place(entity)
        if entity.type == "Organisation":
            return self._body(given, entity.kind or "")
        if entity.type == "Policy" and entity.kind != PROGRAMME:
            return self._text(given, self.issued.get(entity.id, ""))
        word = self.levels.lost(entity) if self.home else ""
        return self._thing(
            replace(given, name=(self._local(word) if word else "") + entity.name), self.levels.beneath(entity)
        )

    def _place(self, entity: Entity) -> Named:
        """A place by its code."""
        code = self.codes.get(entity.id) or self.spelling.former.get(entity.name, "")
        if code in self.spelling.gazetteer.by_code:
            return Named("Place", self.spelling.place(code))
        many = entity.kind == COUNTRY or self.places_of_many.search(entity.name)
        if self.place and not many and self.own_place_name.search(entity.name):
            return Named("Place", self._started(entity.name), entity.owner)
        return Named("Place", entity.name, entity.owner)

    def _started(self, name: str) -> str:
        """The name with its place: that of the local word with which it begins, else the document's."""
        own = self.own_start.match(name)
        if own:
            return self._local(own["word"]) + name[own.end() :]
        return name if self.spelling.headed(name, self.home)[0] else self.place + name

    def _body(self, given: Named, kind: str) -> Named:
        """A body with its place in full; one that only a local word places is this document's alone."""
        code, rest = self.spelling.headed(given.name, self.home)
        if code and (kind in self.of_state or given.name.startswith(self.spelling.homonyms)):
            return replace(given, name=self.spelling.place(code) + rest)
        if not code and self.unplaced.match(given.name):
            return replace(given, name=self._own(given.name))
        if not code and self.everywhere.match(given.name):
            return replace(given, name=self._own(given.name))
        if not code and self.place and self.kinds.match(given.name):
            return replace(given, name=f"{given.name} ({self.place})")
        return given

    def _text(self, given: Named, maker: str) -> Named:
        """A title with its place: 本市… is the document's, and so is a plan that names none and is not the state's."""
        own = self.own_place.match(given.name)
        code, rest = self.spelling.named(given.name, self.home)
        if own:
            return replace(given, name=self._local(own["word"]) + given.name[own.end() :])
        if code:
            return replace(given, name=self.spelling.place(code) + rest)
        if self.place and self.own_start.match(given.name):
            return replace(given, name=self._started(given.name))
        if self.states_text.search(given.name):
            return given
        if maker in self.spelling.gazetteer.by_code:
            return replace(given, name=self.spelling.place(maker) + given.name)
        plain = self.spelling.plain(given.name)
        if not self.place and (self.bare_text.match(plain) or self.session_text.search(plain)):
            return replace(given, name=self._own(given.name))
        if self.place and self.own_text.search(given.name) and not self.national.match(plain):
            return replace(given, name=self.place + given.name)
        return given

    def _own(self, name: str) -> str:
        """A name that every place has, with this document's place, else with the document."""
        suffix = f" ({self.doc})"
        return self.place + name if self.place else name.removesuffix(suffix) + suffix

    def _local(self, word: str) -> str:
        """The name of the place that 全市 or 本省 means here."""
        place = self.spelling.gazetteer.local(word, self.home)
        return self.spelling.place(place.code) if place else word

    def _thing(self, given: Named, beneath: bool) -> Named:
        """A programme or mechanism with its owner: the state, the place that its name says, or the document's."""
        name, owner = given.name, given.owner
        if owner in self.own_names and self.place:
            owner = self.place
        plain = self.spelling.plain(name)
        local = beneath or self.beside_state.match(plain)
        if not local and (self.national.match(plain) or plain in self.spelling.states):
            return replace(given, owner=None)
        own = self.own_place.match(name)
        if own:
            return replace(given, name=name[own.end() :], owner=self._local(own["word"]) if self.home else owner)
        level = self.own_level.match(name)  # 市级 in a city's own text
        if level and self.home and self._local(level["word"]) == self.place:
            return replace(given, name=name[level.end() :], owner=self.place)
        code, rest = self.spelling.named(plain, self.home)
        if code and len(rest) >= LEAST:
            return replace(given, owner=self.spelling.place(code))
        return replace(given, owner=owner)


def _issued(graph: DocumentGraph, codes: Mapping[str, str], headed: Callable[[str], str]) -> dict[str, str]:
    """Of texts that a place or its body makes here, the code of that place."""
    names = {each.id: each for each in graph.entities}
    found: dict[str, str] = {}
    for each in graph.relations:
        if each.predicate == "issues" and each.subject in names:
            code = codes.get(each.subject) or headed(names[each.subject].name)
            if code:
                found[each.object] = min(found.get(each.object, code), code)
    return found
