"""kg beside jieba in one run: what is measured adds up, and reading is not slower than three times its limit."""

from __future__ import annotations

from pathlib import Path

import pytest
import speed

TOLERANCE = 3  # on a busy machine
SENTENCE = "示例市司法局印发《示例市普法办法》，建立普法联动机制，办结案件62.5万件。\n"


@pytest.fixture
def texts(tmp_path: Path) -> list[speed.Source]:
    """Three documents of the same folder."""
    if speed.jieba is None:
        pytest.skip("jieba is not installed; make dev installs it")
    (tmp_path / "reports").mkdir()
    for number in (1, 2, 3):
        (tmp_path / "reports" / f"{number}.txt").write_text(SENTENCE * 10 * number, encoding="utf-8")
    return speed.sources(tmp_path, every=1)


def test_what_is_measured_adds_up(texts: list[speed.Source]) -> None:
    found = speed.measure(texts, sizes=(100, 1_000, 10**6))
    assert (found.documents, found.characters) == (3, sum(len(text.text) for text in texts))
    assert found.jieba > 0
    assert found.ratio == pytest.approx(found.kg / found.jieba)
    assert sum(found.shares.values()) == pytest.approx(1)
    assert list(found.shares) == [speed.TOKENIZER, *speed.language.COMPONENTS, speed.RESOLVE]
    assert list(found.costs) == [100, 1_000]


def test_the_page_holds_the_ratio_the_shares_and_the_sizes() -> None:
    made = speed.Speed(2, 600_000, 2.0, 7.0, {"tokenizer": 0.25, "kg_places": 0.75}, {1_000: 1e-5, 10_000: 1.5e-5})
    page = speed.page(made)
    assert "kg takes **3.5 times** as long" in page
    assert "86,000 characters a second beside 300,000" in page
    assert "| `kg_places` | 75.0% | 2.62 |\n| `tokenizer` | 25.0% | 0.88 |" in page
    assert "| 1,000 | 100,000 | 1.00 |\n| 10,000 | 67,000 | 1.50 |" in page


def test_it_skips_visibly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    monkeypatch.setattr(speed, "PAGE", tmp_path / "speed.md")
    monkeypatch.setattr(speed, "SHARED", tmp_path / "nowhere")
    monkeypatch.setattr(speed, "jieba", speed)
    assert speed.main(["--write"]) == 0
    assert "skipped: there is no folder" in capsys.readouterr().out
    monkeypatch.setattr(speed, "jieba", None)
    assert speed.main(["--write"]) == 0
    assert "skipped: there is no jieba" in capsys.readouterr().out
    assert not speed.PAGE.exists()


@pytest.mark.long
def test_reading_takes_no_more_than_the_limit_allows(shared: Path) -> None:
    if speed.jieba is None:
        pytest.skip("jieba is not installed; make dev installs it")
    found = speed.measure(speed.sources(shared / "corpus", every=4), sizes=())
    assert found.ratio <= speed.LIMIT * TOLERANCE, speed.page(found)
