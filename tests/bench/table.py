"""What is printed: a figure, what it is compared with, the budget, and whether it holds."""

from dataclasses import dataclass

MOST_NOISE = 0.1  # on a machine noisier than this, a figure above the budget proves nothing, so it does not hold


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure. `noise` is what the limit differs from itself in the same run, as a share (0.03)."""

    what: str
    figure: float
    budget: float
    unit: str = "×"
    ours: str = ""
    limit: str = ""
    noise: float = 0.0
    is_floor: bool = False
    digits: int = 2

    @property
    def holds(self):
        """Whether the figure keeps to the budget within the noise, of which there may not be too much."""
        allowed = min(self.noise, MOST_NOISE)
        if self.is_floor:
            return self.figure >= self.budget * (1 - allowed)
        return self.figure <= self.budget * (1 + allowed)

    def cells(self):
        sign = "≥" if self.is_floor else "≤"
        return (
            self.what, self.limit, self.ours, f"{self.figure:.{self.digits}f} {self.unit}".rstrip(),
            f"{sign} {self.budget:g} {self.unit}".rstrip(),
            f"±{self.noise * 100:.0f} %" if self.noise else "", "holds" if self.holds else "TOO MUCH",
        )  # fmt: skip


HEAD = ("what", "limit", "ours", "figure", "budget", "noise", "")


def print_table(title, rows):
    """The rows beneath their title, in columns."""
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    print(f"\n{title}")
    for line in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip(), flush=True)
