"""Data, words and the files under `assets/` → one HTML page that loads nothing and runs nothing but its own script."""

from __future__ import annotations

import gzip
import html
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
PLAIN = 300_000  # bytes of JSON up to which the data stays readable in the page's source
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z]+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*? |const |class )(\w+))", re.MULTILINE)
POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def page(data: Mapping[str, object], facts: Mapping[str, object], title: str, noscript: str) -> str:
    """The page; `facts` are its words and version, which the script needs before the data."""
    script, style = (
        f'\n"use strict";\n(() => {{\n{bundle("main")}}})();\n',
        (ASSETS / "style.css").read_text(encoding="utf-8"),
    )
    kind, stored = embedded(data)
    parts = {
        "policy": POLICY.format(script=_hash(script), style=_hash(style)),
        "title": html.escape(title),
        "noscript": html.escape(noscript),
        "style": style,
        "words": dumped(facts),
        "kind": kind,
        "data": stored,
        "script": script,
    }
    template = (ASSETS / "page.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], template)


def embedded(data: Mapping[str, object]) -> tuple[str, str]:
    """The type of the script element that holds the data, and what stands in it."""
    text = dumped(data)
    if len(text.encode()) <= PLAIN:
        return "application/json", text
    return "application/gzip", b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode("ascii")


def dumped(value: object) -> str:
    r"""JSON that ends no element of a page and is valid UTF-8 whatever it holds.

    >>> dumped({"a": "</script>"})
    '{"a":"\\u003c/script>"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub("[<\ud800-\udfff\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", text)


def bundle(entry: str) -> str:
    """The module and all it imports as one script, each in a scope of its own, those first that others need.

    Raises `ValueError` where a module imports or exports in another form, imports itself by way of others, or holds
    what would end the element that it stands in.
    """
    packed: dict[str, str] = {}
    _pack(entry, (), packed)
    return "const modules = {};\n" + "".join(packed.values())


def _pack(name: str, above: tuple[str, ...], packed: dict[str, str]) -> None:
    """Add the module after those it imports; `above` are the modules that are waiting for it."""
    path = ASSETS / f"{name}.js"
    text = path.read_text(encoding="utf-8")
    if name in above:
        raise ValueError(f"{path}: imports itself by way of {', '.join(above)}")
    if "</script" in text.lower() or "<!--" in text:
        raise ValueError(f"{path}: </script and <!-- cannot stand in a page's script")
    for _, needed in IMPORT.findall(text):
        if needed not in packed:
            _pack(needed, (*above, name), packed)
    plain = EXPORT.sub("", IMPORT.sub(r"const {\1} = modules.\2;", text))
    if re.search(r"^(?:import|export)\b", plain, re.MULTILINE):
        raise ValueError(f'{path}: only `import {{ … }} from "./name.js";` and `export function|const|class`')
    given = ", ".join(EXPORT.findall(text))
    packed[name] = f"modules.{name} = (() => {{\n{plain}return {{ {given} }};\n}})();\n"


def _hash(text: str) -> str:
    """The hash by which the policy lets this script or style through."""
    return b64encode(sha256(text.encode()).digest()).decode("ascii")
