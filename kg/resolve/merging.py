"""Relations of one document that say the same → one with all their evidence."""

from __future__ import annotations

from kg.model import QUALIFIERS, SYMMETRIC, Evidence, Quote, Relation


def merged(relations: list[Relation]) -> tuple[Relation, ...]:
    """Each relation once, with all its evidence in order of the text."""
    found: dict[tuple[str, str, str], list[Relation]] = {}
    for relation in relations:
        key = (relation.subject, relation.predicate, relation.object)
        turned = key[::-1]
        found.setdefault(turned if relation.predicate == SYMMETRIC and turned in found else key, []).append(relation)
    return tuple(joined(key, found[key]) for key in sorted(found))


def joined(key: tuple[str, str, str], parts: list[Relation]) -> Relation:
    """One relation from those that say the same; period, role and status from the first that has one."""
    if len(parts) == 1 and len(parts[0].evidence) == 1:  # as most are
        return parts[0]
    evidence: dict[tuple[Quote, Quote | None, str], Evidence] = {}
    for each in sorted((e for part in parts for e in part.evidence), key=lambda e: -(e.score or 0)):
        evidence.setdefault((each.quote, each.antecedent, each.component), each)
    told = sorted(evidence.values(), key=lambda e: (e.quote.start, e.quote.end))
    slots = (next((value for part in parts if (value := getattr(part, slot))), None) for slot in QUALIFIERS)
    return Relation(*key, tuple(told), *slots)
