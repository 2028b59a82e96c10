"""Names of one document that are the same thing: canonical name, mentions, what the name says of place and parent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.knowledge import Knowledge, Place
from kg.language.gazetteer import Gazetteer
from kg.language.reading import Name, Reading, Span
from kg.resolve.referents import Referents
from kg.resolve.shortened import Shortened

Key = tuple[str, str]  # type and canonical name without quotation marks


@dataclass(slots=True)
class Cluster:
    """One entity of the document."""

    type: str
    name: str
    kind: str = ""
    spans: list[Span] = field(default_factory=list)
    place: str = ""  # code of the place in an organisation's name
    parent: Key | None = None
    numbers: list[str] = field(default_factory=list)


class Clusters:
    """The entities of one document, by (type, name without quotation marks)."""

    def __init__(self, knowledge: Knowledge, gazetteer: Gazetteer, reading: Reading) -> None:
        table = knowledge.patterns("resolve")
        self.table, self.gazetteer, self.reading = table, gazetteer, reading
        self.idle = re.compile(table["idle"])
        self.seated = re.compile(table["seated"])
        self.region = re.compile(table["region"])
        self.referents = Referents(knowledge, gazetteer, reading)
        self.generic = re.compile(knowledge.patterns("organisations")["law"]["generic"])
        self.elsewhere, self.provincial = re.compile(self.table["elsewhere"]), re.compile(self.table["provincial"])
        self.kept = re.compile(table["kept"])
        self.rank, self.committee = re.compile(table["rank"]), re.compile(table["committee"])
        self.needless = re.compile(table["needless"])
        self.light = re.compile(table["light"])
        self.note = re.compile(table["note"])
        self.term = knowledge.compiled("resolve", "term")
        self.party = re.compile(knowledge.patterns("organisations")["prefix"]["party"])
        self.levels = knowledge.words("levels")
        self.bodies = knowledge.words("bodies")
        self.ministries = tuple(knowledge.ministries)
        self.forms: dict[str, list[str]] = {}  # of each place the words for it; an empty one for local words
        for name in reading.places:
            self.forms.setdefault(name.name, []).append("" if name.alias else reading.quote(name))
        self.zone = re.compile(table["zone"])
        self.found: dict[Key, Cluster] = {}
        self.keys: dict[Name, Key] = {}
        self.worded: dict[tuple[str, ...], Cluster] = {}
        self.shortened, self.longer = Shortened(knowledge), dict[Key, Key]()
        self.home_name = home_of(gazetteer, reading)

    def add(self, name: Name) -> Key | None:
        """Put a mention with its entity; None where what it stands for is not known."""
        if name in self.keys:
            return self.look(name)
        resolved = self.resolved(name)
        if resolved is None:
            return None
        key = self.meant(resolved)
        if key not in self.found:
            kind, place, parent = resolved.kind, resolved.place, resolved.parent
            self.found[key] = Cluster(resolved.type, resolved.name, kind, place=place, parent=parent)
        cluster = self.found[key]
        if cluster.type in ("Organisation", "Place"):
            cluster.name = max(cluster.name, resolved.name, key=len)
        cluster.kind = cluster.kind or resolved.kind
        if name.parent == "number":
            cluster.numbers.append(self.reading.quote(name))
        if name.end > name.start:
            cluster.spans.append(Span(name.start, name.end))
        self.keys[name] = key
        return key

    def look(self, name: Name) -> Key | None:
        """The entity that a name would be put with; nothing is put there."""
        known = self.keys.get(name)
        if known is not None:
            return self.longer.get(known, known)
        resolved = self.resolved(name)
        return self.meant(resolved) if resolved else None

    def meant(self, resolved: Cluster) -> Key:
        """The key of what a name says, or of the longer name that it is short for."""
        key = self.key(resolved.type, resolved.name)
        return self.longer.get(key, key)

    def resolved(self, name: Name) -> Cluster | None:
        """What a name says of its entity: the same each time that it is worded so, but for 本局 and 该委."""
        name = self.referents(name) if name.type == "Organisation" and name.kind != "self" else name
        worded = (name.type, name.name, name.kind, name.parent)
        found = self.worded.get(worded)
        if found is None:
            found = {"Place": self._place, "Organisation": self.organisation}.get(name.type, self._other)(name)
            if found is not None and name.kind != "self":
                self.worded[worded] = found
        return found

    def join(self) -> None:
        """Put short forms with the longer names that they stand for, once all names are in."""
        for type_, name in [key for key in self.found if key[0] == "Mechanism"]:
            body = self.found.get(("Organisation", name))
            if body and body.kind == "institution":  # a centre that serves
                self.move(("Organisation", name), (type_, name))
            elif body or ("Place", name) in self.found:
                self.move((type_, name), ("Organisation" if body else "Place", name))
            elif (text := self.found.get(("Policy", name))) and text.kind == "Programme":
                pair = (type_, name), ("Policy", name)
                self.move(*sorted(pair, key=lambda key: (len(self.found[key].spans), key)))
        names = {
            (key[0], cluster.kind if key[0] == "Policy" else "", key[1]): key for key, cluster in self.found.items()
        }
        for short, long in self.shortened(list(names)).items():
            if not any(self.shortened.apart(long, self.reading.text, s.start) for s in self.found[names[short]].spans):
                self.move(names[short], names[long])

    def move(self, mine: Key, other: Key) -> None:
        """Put one entity's mentions with another's."""
        cluster, gone = self.found[other], self.found.pop(mine)
        light = self.light.search(cluster.name)  # 某行动 of which the text also says 某行动工作
        cluster.name = gone.name if light and cluster.name[: light.start()] == gone.name else cluster.name
        cluster.spans += gone.spans
        cluster.numbers += gone.numbers
        cluster.place, cluster.parent = cluster.place or gone.place, cluster.parent or gone.parent
        self.longer[mine] = other

    def key(self, type_: str, name: str) -> Key:
        """What tells entities apart: type and name, without quotation marks and words that change nothing."""
        short = self.idle.sub("", name).lower()
        for long, same in self.table["same"].items() if type_ in ("Organisation", "Place") else ():
            short = short.replace(long, same)
        return type_, self.committee.sub(self.table["committee_short"], short) if type_ == "Organisation" else short

    def _place(self, name: Name) -> Cluster:
        """A place: the document's own in full, others as the document names them."""
        place = self.gazetteer.by_code.get(name.name)
        if place is None:
            own, full = self.table["own_country"], zoned(name.name, self.zone, self.home_name)
            return Cluster("Place", own[0] if name.name in own else full, name.kind)
        if place.code == self.reading.home:
            return Cluster("Place", self.home_name, place.level, place=place.code)
        forms = self.forms.get(place.code, [])
        full = place.name if "" in forms else max(forms, key=len, default=place.name)
        return Cluster("Place", full, place.level, place=place.code)

    def organisation(self, name: Name) -> Cluster | None:
        """A body under its full name: local words and short places expanded, 本局 and 该委 resolved."""
        if name.kind == "self":
            meant = self.referents.spoken(name, lambda n: self.expanded(n.name, n.kind)[1] == self.reading.home)
            unknown = Cluster("Organisation", name.name, "government") if self.referents.ours(name) else None
            return self.organisation(meant) if meant else unknown
        full, code = self.expanded(self.term.sub("", name.name), name.kind)
        cluster = Cluster("Organisation", full, name.kind, place=code)
        if name.parent:
            parent, _ = self.expanded(name.parent, "")
            cluster.parent = self.key("Organisation", parent)
        return cluster

    def expanded(self, name: str, kind: str) -> tuple[str, str]:
        """The full name of a body, and the code of the place in it."""
        party = self.party.match(name)
        if party and party.end() < len(name) - 2:
            inner, code = self.expanded(name[party.end() :], "")
            return name[: party.end()] + inner, code
        size, place = self.gazetteer.head(name, self.reading.home)
        if size:
            return self.placed(name, size, place, kind) if place else (name, "")
        home = self.gazetteer.by_code.get(self.reading.home)
        reporter = self.reading.reporter
        central = reporter is not None and reporter.name in self.bodies
        bare = (
            kind in self.table["local_kinds"]
            and (name not in self.bodies or (reporter is not None and name in self.table["either"]))
            and not (central or self.generic.match(name) or self.elsewhere.search(name) or self.kept.match(name))
            and not tells_place(name, self.ministries, self.forms.get(self.reading.home, ()))
        )
        if home is not None and bare:
            above = list(self.gazetteer.chain(home.code))[-1]
            if above != home and self.provincial.search(name):
                return above.name + name, above.code
            return self.home_name + name, home.code
        return name, ""

    def placed(self, name: str, size: int, place: Place, kind: str) -> tuple[str, str]:
        """The name with its place as the document has it, and the code of the innermost place in it."""
        word, own = name[:size], place.code == self.reading.home
        other = word in place.others  # 海西州; in full where the text says so
        far = max(filter(None, [word, *self.forms.get(place.code, ())]), key=len) if other else place.name
        full = (self.home_name if own else far) + name[size:]
        if word in self.gazetteer.levels:
            return full, place.code
        keep = kind not in self.table["expanded_kinds"] or word == place.name or not own or word[-1] in self.levels
        keep = keep or self.kept.match(name[size:]) is not None
        whole = name if keep and not other else full
        return whole, self.gazetteer.innermost(name, size, place.code)

    def _other(self, name: Name) -> Cluster | None:
        """A policy or mechanism under the name that the document gives it; 省…中心 takes the place's name."""
        title = self.reading.aliases.get(name.name, name.name)
        if name.type == "Mechanism" and self.seated.match(title):
            title, _ = self.expanded(title, "")
        elif name.kind != "PolicyDocument":
            title = self.region.sub("", title)
            size = self.gazetteer.head(title, self.reading.home)[0]  # 某县|省级试点
            title = title[size:] if size > 1 and name.type == "Policy" and self.rank.match(title, size) else title
        title = self.needless.sub("", self.note.sub("", title))
        return Cluster(name.type, title, name.kind) if title else None


def home_of(gazetteer: Gazetteer, reading: Reading) -> str:
    """The name of the document's place as the document has it: in full, or in the local short form that it uses."""
    place = gazetteer.by_code.get(reading.home)
    if place is None:
        return ""
    forms = {reading.quote(n) for n in reading.places if n.name == place.code and not n.alias}
    short = place.name not in forms and place.level != "province"
    return next((form for form in place.others if short and form in forms), place.name)


def tells_place(name: str, ministries: tuple[str, ...], forms: Iterable[str]) -> bool:
    """Whether a name says already whose it is: 财政部|浙江监管局, 公安|嘉定|分局 in the district itself."""
    return name.startswith(ministries) or any(form and form in name for form in forms)


def zoned(name: str, zone: re.Pattern[str], home: str) -> str:
    """A place that no gazetteer holds; a zone of the document's own place with the place's name: 市|经开区."""
    found = zone.fullmatch(name)
    return home + found["zone"] if found and home and home.endswith(found["level"]) else name
