"""The table for people."""

TITLES = ("framework", "layer", "formulation", "dtype", "values", "÷ tol", "ulp", "gradients",
          "÷ tol", "ulp", "s")
NUMBERS = {5, 6, 8, 9, 10}
SHOWN_DEPARTURES = 3


def text(rows, versions):
    """Versions, the table, and below it what departs and what is not offered."""
    lines = ["versions: " + ", ".join(f"{name} {number}" for name, number in versions.items()), ""]
    lines += aligned([TITLES, *(line(row) for row in rows)])
    lines += [
        "",
        "÷ tol: the worst error in tolerances, 1 is the limit; ulp: the same element's error in units"
        " in the last place. Known departures are left out of both.",
        "s: seconds to answer in all arithmetics; the first of a framework has its import in it.",
    ]
    if any(cell.activations == "absolute" for row in rows for cell in row.cells()):
        lines.append("*: its activations are accurate only absolutely.")
    lines += departures(rows) + known_departures(rows) + refusals(rows)
    count = sum(departs(row) for row in rows)
    known = sum(any(cell.known for cell in row.cells()) and not departs(row) for row in rows)
    lines += ["", f"{len(rows)} rows: {len(rows) - count - known} conform, {count} depart,"
              f" {known} depart as is known"]
    return "\n".join(lines) + "\n"


def markdown(rows, versions):
    """A row for each layer and formulation: values and gradients in each arithmetic, as the worst error in tolerances."""
    dtypes = list(dict.fromkeys(row.dtype for row in rows))
    lines = ["| framework | layer | formulation | " + " | ".join(dtypes) + " |", "|---" * (3 + len(dtypes)) + "|"]
    for key in dict.fromkeys((row.framework, row.subject, row.formulation) for row in rows):
        own = {row.dtype: row for row in rows if (row.framework, row.subject, row.formulation) == key}
        cells = [" / ".join(brief(cell) for cell in own[dtype].cells()) if dtype in own else "–" for dtype in dtypes]
        framework, subject, formulation = key
        lines.append(f"| {framework} | {subject} | `{formulation}` | " + " | ".join(cells) + " |")
    named = ", ".join(f"{name} {number}" for name, number in versions.items())
    notes = ["", "A number is the worst error in tolerances, of values and of gradients; 1 is the limit. † departs as is"
             " known, which is left out of the number."]
    reasons = ["- " + line.strip() for line in known_departures(rows)[2:]]
    known = ["", "Known departures:", "", *reasons] if reasons else []
    return "\n".join([*lines, *notes, "", f"Versions: {named}.", *known]) + "\n"


def brief(cell):
    """The worst error in tolerances, marked where what is known to depart is left out of it; else the verdict."""
    if cell.known and not cell.departures:
        return short(cell.worst_ratio) + "†"
    return short(cell.worst_ratio) if cell.verdict in ("conforms", "suspect") else cell.verdict.replace("_", " ")


def line(row):
    seconds = f"{row.seconds:.1f}"
    return (row.framework, row.subject, row.formulation, row.dtype,
            *columns(row.values), *columns(row.gradients), seconds)


def columns(cell):
    mark = "*" if cell.activations == "absolute" else ""
    return cell.verdict.replace("_", " ") + mark, short(cell.worst_ratio), short(cell.worst_ulps)


def short(number):
    return "–" if number is None else f"{number:.3g}"


def aligned(table):
    widths = [max(len(row[column]) for row in table) for column in range(len(TITLES))]
    return [
        "  ".join(
            word.rjust(width) if column in NUMBERS else word.ljust(width)
            for column, (word, width) in enumerate(zip(row, widths))
        ).rstrip()
        for row in table
    ]


def departs(row):
    """Whether something departs that is not known to."""
    return any(cell.departures for cell in row.cells())


def departures(rows):
    lines = []
    for row in filter(departs, rows):
        lines += ["", f"{row.framework} {row.subject} departs from {row.formulation}, {row.dtype}:"]
        found = [place for cell in row.cells() for place in cell.departures]
        lines += [f"  {place}" for place in found[:SHOWN_DEPARTURES]]
        if len(found) > SHOWN_DEPARTURES:
            lines.append(f"  and {len(found) - SHOWN_DEPARTURES} more checks")
        if row.another_reading:
            lines.append(f"  it computes exactly {', '.join(row.another_reading)}")
    return lines


def known_departures(rows):
    """Why what is known to depart does, by framework."""
    found = dict.fromkeys(
        f"  {row.framework}: {reason}" for row in rows for cell in row.cells() for reason in cell.known
    )
    return ["", "Known departures", *found] if found else []


def refusals(rows):
    """The cases that are not offered, by framework and reason."""
    found = {}
    for row in rows:
        for case, reason in row.not_offered.items():
            found.setdefault((row.framework, reason), {})[case] = None
    if not found:
        return []
    return ["", "Not offered"] + [
        f"  {framework}, {', '.join(cases)}: {reason}" for (framework, reason), cases in found.items()
    ]
