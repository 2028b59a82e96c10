"""Where the knowledge lies: the folder `ontology/` of a source checkout, or its copy inside an installed package."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def ontology_folder() -> Path:
    """The folder that holds ``policy.ttl``, ``lexicon/``, ``patterns/`` …; `FileNotFoundError` if the package lacks it.

    >>> ontology_folder().name
    'ontology'
    """
    package = Path(__file__).resolve().parent
    # An installed wheel carries the folder inside the package; a checkout has it beside the package.
    for folder in (package / "ontology", package.parent / "ontology"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no folder ontology/ in {package} or beside it; install policy-kg again")
