# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured, and the table it becomes."""

import statistics

NOT_MEASURED = "–"


class Figure:
    """The values of several runs; unit: how they are written."""

    def __init__(self, unit, values=()):
        self.unit = unit
        self.values = list(values)

    def add(self, value):
        if value is not None:
            self.values.append(value)

    @property
    def median(self):
        return statistics.median(self.values)

    def __str__(self):
        if not self.values:
            return "n/a"
        low, high = number(min(self.values)), number(max(self.values))
        spread = f" ({low}–{high})" if len(self.values) > 1 and low != high else ""
        return f"**{number(self.median)}** {self.unit}{spread}".strip()


def number(value):
    """Three digits that count."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


class Table:
    """Rows by their order of coming; columns are given. Cells are Figures or texts."""

    def __init__(self, columns):
        self.columns = columns
        self.rows = []

    def row(self, title, goal="", **cells):
        self.rows.append((title, goal, cells))

    def markdown(self):
        names = list(self.columns.values())
        lines = ["| " + " | ".join(["", *names, "goal"]) + " |", "|" + " --- |" * (len(names) + 2)]
        for title, goal, cells in self.rows:
            shown = [str(cells.get(key, NOT_MEASURED)) for key in self.columns]
            lines.append("| " + " | ".join([title, *shown, goal]) + " |")
        return "\n".join(lines) + "\n"
