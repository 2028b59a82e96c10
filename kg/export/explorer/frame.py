"""A page → what a notebook shows: the page in a frame of its own, which cannot reach the notebook."""

from __future__ import annotations

import html
from dataclasses import dataclass

MOST = 10_000_000  # bytes of a page that a notebook still saves and opens well


@dataclass(frozen=True, slots=True)
class Frame:
    """The explorer page as a notebook's output; no file is written. `height` is in pixels."""

    page: str
    height: int = 720

    def __post_init__(self) -> None:
        size = len(self.page.encode())
        if size > MOST:
            raise ValueError(
                f"the page has {size / 1e6:.0f} MB, and the notebook would hold it; use kg explore, or fewer documents"
            )
        if self.height < 1:
            raise ValueError(f"a frame {self.height} pixels high shows nothing")

    def _repr_html_(self) -> str:
        """An iframe that holds the page itself; it may run its script and save files, and nothing else."""
        return (
            f'<iframe srcdoc="{html.escape(self.page)}" sandbox="allow-scripts allow-downloads allow-modals" '
            f'width="100%" height="{self.height}" referrerpolicy="no-referrer"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<explorer page, {len(self.page):,} characters; shown in a notebook>"
