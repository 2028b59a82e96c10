"""Which characters may stand where: text for any file format, names for IRIs."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

# What XML 1.0 cannot hold, and so neither GraphML nor RDF/XML: control characters, lone surrogates, two non-characters.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What an IRI's path may hold as it is (RFC 3987: unreserved, ucschar, sub-delims, ":", "@", "/"); "%" is not one.
# Then, of these, spaces of other scripts, which JSON-LD tools take for the end, and marks that nobody sees.
_NOT_IN_IRI = re.compile(
    r"[^A-Za-z0-9._~!$&'()*+,;=:@/\-\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd"
    r"\U00030000-\U0003fffd\U000e1000-\U000efffd]"
    r"|[\s\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_DOTS = re.compile(r"(?<=/)\.{1,2}(?=/|$)")


def legal(text: str) -> str:
    r"""The text with each character that no XML file can hold replaced by U+FFFD, one for one, so that offsets hold.

    >>> legal("盘锦\x00市") == "盘锦\ufffd市"
    True
    """
    return _ILLEGAL.sub("\ufffd", text)


@lru_cache(maxsize=200_000)
def iri_path(name: str) -> str:
    """The name as part of an IRI: as it is, but for what RFC 3987 forbids or takes for query, fragment or ``..``.

    >>> iri_path("policy/“放管服” 改革")
    'policy/“放管服”%20改革'
    """
    encoded = _NOT_IN_IRI.sub(lambda found: quote(found[0], safe=""), legal(name))
    return _DOTS.sub(lambda found: found[0].replace(".", "%2E"), encoded)
