"""A build that is killed leaves the old output; hash seeds and workers do not show; broken files do not stop it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from kg import flow

SAMPLES = sorted(
    path
    for path in (Path(flow.__file__).parent / "samples").iterdir()
    if path.suffix in {".txt", ".md", ".html", ".docx"}
)
KG = [sys.executable, "-c", "from kg.cli import app; app()"]
SENTENCES = (
    "盘锦市司法局印发《盘锦市公证便民办法》。",
    "盘锦市司法局会同盘锦市公安局建立信息通报机制。",
    "全年办结公证案件620件。",
)

pytestmark = pytest.mark.long


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def corpus(folder: Path, documents: int) -> Path:
    """Documents of some hundred sentences each."""
    folder.mkdir()
    for number in range(documents):
        chance = Random(number)
        lines = [f"盘锦市司法局{2000 + number % 24}年工作报告", *(chance.choice(SENTENCES) for _ in range(200))]
        (folder / f"{number:03}.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_build_leaves_the_old_output_and_the_next_one_clears_up(tmp_path: Path, workers: int) -> None:
    small, large = corpus(tmp_path / "small", 2), corpus(tmp_path / "large", 60)
    out = tmp_path / "out"
    flow.build([small], out)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    before = contents(out)
    command = [*KG, "build", large, "-o", out, "-j", workers]
    # Killed at several moments: while it reads, and later while it merges and writes.
    for patience in (0.0, 1.0, 2.5):
        build = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while not list(tmp_path.glob(".out.kg-new-*/records.jsonl")) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(patience)
        build.kill()
        build.wait()
        if patience == 0.0:
            assert contents(out) == before
            assert list(tmp_path.glob(".out.kg-new-*"))
        assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
        assert (out / "manifest.json").is_file()
    time.sleep(2)  # in which workers notice that their build was killed
    flow.build([small], out)
    assert contents(out) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["large", "out", "small"]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_from_the_keyboard_clears_up_at_once(tmp_path: Path, workers: int) -> None:
    large, out = corpus(tmp_path / "large", 300), tmp_path / "out"
    command = [*KG, "build", large, "-o", out, "-j", workers]
    build = subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not list(tmp_path.glob(".out.kg-new-*/records.jsonl")) and build.poll() is None:
        time.sleep(0.02)
    time.sleep(0.5)
    os.killpg(build.pid, signal.SIGINT)  # as a terminal does: every process of the build gets it
    _, said = build.communicate(timeout=60)
    assert build.returncode != 0
    assert "Traceback" not in said
    assert sorted(p.name for p in tmp_path.iterdir()) == ["large"]


def test_hash_seeds_and_workers_do_not_show(tmp_path: Path) -> None:
    outputs = []
    for seed, workers in (("0", 1), ("1", 1), ("2", 1), ("3", 1), ("12345", 3)):
        out = tmp_path / f"out{seed}"
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [*KG, "build", *SAMPLES, "-o", out, "-j", workers]
        subprocess.run(list(map(str, command)), check=True, capture_output=True, env=environment)
        outputs.append(contents(out))
    for other in outputs[1:]:
        assert [name for name in other if other[name] != outputs[0].get(name)] == []


def test_spoiled_files_are_named_or_built_and_never_stop_the_build(tmp_path: Path) -> None:
    """Real files with bytes cut, doubled and changed, in every format that is read."""
    chance = Random(7)
    (tmp_path / "in").mkdir()
    for number in range(150):
        path = chance.choice(SAMPLES)
        data = bytearray(path.read_bytes())
        for _ in range(chance.choice([1, 5, 50])):
            start = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[start] = chance.randrange(256)
                case 1:
                    del data[start : start + chance.randrange(200)]
                case 2:
                    data[start:start] = data[start : start + chance.randrange(200)]
                case 3:
                    data[start:start] = chance.randbytes(8)
            if not data:
                data = bytearray(b"x")
        suffix = chance.choice([path.suffix, path.suffix, ".pdf", ".docx", ".html", ".txt"])
        (tmp_path / "in" / f"{number:03}{suffix}").write_bytes(bytes(data))
    _, manifest = flow.build([tmp_path / "in"], tmp_path / "out", workers=2)
    assert len(manifest.outcomes) == 150
    assert manifest.counts["built"] > 30
    defects = [line for line in manifest.failures if "a defect of policy-kg" in line or line.startswith("export ")]
    assert defects == []
