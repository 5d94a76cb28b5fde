"""The rows as text, in Markdown."""

TITLES = ("what", "I,H,T,B", "precision", "threads", "ours, ms", "theirs, ms", "against", "times faster",
          "share of the limit", "peak, MB")


def text(versions, yardsticks, rows, slopes):
    lines = ["versions: " + ", ".join(f"{name} {number}" for name, number in versions.items()), ""]
    for threads, found in yardsticks.items():
        for precision, best in found.items():
            lines.append(
                f"{precision}, {threads} thread{'s' * (threads > 1)}: product of 1024 × 1024"
                f" {best['product'] / 1e9:.1f} Gflop/s (torch {best['torch']['product'] / 1e9:.1f}),"
                f" tanh {best['tanh'] * 1e9:.2f} ns (ours {best['ours']['tanh'] * 1e9:.2f},"
                f" torch {best['torch']['tanh'] * 1e9:.2f})")
    lines += ["", *markdown([TITLES, *map(line, rows)])]
    if slopes:
        lines += ["", *markdown([("cost", "against", "values", "slope", "of the arithmetic"), *(
            (one.what, one.against, " ".join(map(str, one.values)), f"{one.measured:.2f}",
             f"{one.arithmetic:.2f}") for one in slopes)])]
    return "\n".join(lines) + "\n"


def line(row):
    return (row.what, ",".join(map(str, row.sizes)) or "–", row.precision, str(row.threads), milliseconds(row.ours),
            milliseconds(row.theirs), against(row), "–" if row.ratio is None else f"{row.ratio:.3g}",
            "–" if row.share is None else f"{row.share:.0%}",
            "–" if row.peak_bytes is None else f"{row.peak_bytes / 1e6:.0f}")


def against(row):
    """The peer, and how many of its goldens are not the stored ones."""
    wrong = row.figures.get("not as stored", 0)
    return f"{row.peer}, {wrong} not as stored" if wrong else row.peer or "–"


def milliseconds(seconds):
    return "–" if seconds is None else f"{seconds * 1e3:.3g}" if seconds < 1 else f"{seconds * 1e3:.0f}"


def markdown(table):
    widths = [max(map(len, column)) for column in zip(*table)]
    rows = ["| " + " | ".join(word.ljust(width) for word, width in zip(row, widths)) + " |" for row in table]
    return [rows[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *rows[1:]]
