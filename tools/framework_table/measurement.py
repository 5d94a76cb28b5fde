"""Has an adapter answer, `rnncheck grade` judge it, and reads the report."""

import json
import time
from dataclasses import asdict, dataclass, field

from .answering import rnncheck

# The checks behind each column of the table; differences need a subject that runs in process.
COLUMNS = {
    "values": ("forward-step", "values"),
    "gradients": ("backward-step", "gradients", "linearity"),
}
# The verdict over some checks is the first of these that one of them has.
VERDICTS = ("error", "departs", "suspect", "conforms", "not_offered")
FAILURES = VERDICTS[:3]


@dataclass
class Cell:
    """What the table says of the values or the gradients in one arithmetic."""

    verdict: str = "not_offered"
    # Of the element with the largest error over tolerance, known departures left out.
    worst_ratio: float = None
    worst_ulps: float = None
    # How accurate the activations had to be taken to be: relative or absolute.
    activations: str = "relative"
    # Where it departs: a text for each case and check.
    departures: list = field(default_factory=list)
    # Why, for those that are known to.
    known: list = field(default_factory=list)


@dataclass
class Row:
    """A subject against a formulation in one arithmetic."""

    framework: str
    subject: str
    formulation: str
    dtype: str
    values: Cell
    gradients: Cell
    # Case -> why it is not offered.
    not_offered: dict
    another_reading: list
    seconds: float

    def cells(self):
        return self.values, self.gradients

    def json(self):
        return asdict(self)


def measure(framework, subject, formulation, requests, answering):
    """The rows of all arithmetics of the framework."""
    responses = []
    seconds = 0.0
    for dtype in framework.dtypes:
        request = requests.path(formulation, dtype)
        responses.append(requests.folder / f"response-{dtype}.h5")
        started = time.monotonic()
        answering.answer(subject, request, responses[-1])
        seconds += time.monotonic() - started
    done = rnncheck("grade", *responses, "--as", formulation, "--format", "json")
    try:
        report = json.loads(done.stdout)
    except ValueError:
        words = done.stderr.strip() or f"rnncheck ended with exit code {done.returncode}"
        raise CannotRun(f"{framework.title} {subject.name}, {formulation}: {words}") from None
    results = report["results"]
    return [
        row(framework, subject, formulation, dtype, results, report, seconds)
        for dtype in dict.fromkeys(result["dtype"] for result in results)
    ]


def row(framework, subject, formulation, dtype, results, report, seconds):
    own = [result for result in results if result["dtype"] == dtype]
    # A whole case that is not offered says so in every check; other checks only lack a quantity.
    reasons = {}
    for case in dict.fromkeys(result["case"] for result in own):
        of_case = [result for result in own if result["case"] == case]
        if all(result["verdict"] == "not_offered" for result in of_case):
            reasons[case] = of_case[0]["message"]
    return Row(
        framework=framework.title,
        subject=subject.name,
        formulation=formulation,
        dtype=dtype,
        **{name: cell([r for r in own if r["check"] in checks], framework.known)
           for name, checks in COLUMNS.items()},
        not_offered=reasons,
        another_reading=report.get("another_reading") or [],
        seconds=round(seconds, 2),
    )


def cell(results, known):
    found = Cell()
    verdicts = {result["verdict"] for result in results}
    found.verdict = next((verdict for verdict in VERDICTS if verdict in verdicts), "not_offered")

    def reasons(result):
        is_failure = result["verdict"] in FAILURES
        return [d.reason for d in known if d.covers(result)] if is_failure else []

    graded = [result for result in results if result["elements"] > 0 and not reasons(result)]
    if graded:
        worst = max(graded, key=ratio)
        found.worst_ratio, found.worst_ulps = ratio(worst), worst.get("worst_ulps")
    if any(result["activations"] == "absolute" for result in graded):
        found.activations = "absolute"
    for result in results:
        if result["verdict"] in FAILURES:
            found.known += [reason for reason in reasons(result) if reason not in found.known]
            if not reasons(result):
                found.departures.append(departure(result))
    return found


def ratio(result):
    """The largest error over tolerance, infinite where the report says that it is not a number."""
    found = result.get("worst_ratio")
    return float("inf") if found is None else found


def departure(result):
    if result["verdict"] == "error":
        return f"{result['case']} {result['check']}: {result['message']}"
    place = f"{result['signal']}{result['index']}"
    count = result["failures"] or result["suspects"]
    how = "depart" if result["failures"] else "are suspect"
    return (
        f"{result['case']} {result['check']}: {count} of {result['elements']} elements {how},"
        f" first {place}: {result.get('found')}, expected {result.get('expected')}"
    )
