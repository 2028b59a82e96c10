"""``output/`` is what ``make demo`` makes of the samples, byte for byte."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kg import flow

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "output"


def files(folder: Path) -> dict[str, bytes]:
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".")}


def test_the_committed_output_is_what_the_samples_give(tmp_path: Path) -> None:
    samples = subprocess.run(
        ["make", "--silent", "--no-print-directory", "samples"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    _, manifest = flow.build([ROOT / name for name in samples.stdout.split()], tmp_path / "out")
    assert manifest.failures == ()
    fresh, committed = files(tmp_path / "out"), files(OUTPUT)
    changed = [name for name in sorted({*fresh, *committed}) if fresh.get(name) != committed.get(name)]
    assert changed == [], "output/ is not what the samples give now: run `make demo` and commit output/"
