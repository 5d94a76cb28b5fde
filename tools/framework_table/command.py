"""The command line: installs, measures, prints."""

import argparse
import json
import sys
import tempfile
import time

from environments import CannotRun

from .answering import Answering, Requests
from .environment import prepare, say
from .example import test_example
from .measurement import measure
from .subjects import FRAMEWORKS
from .table import departs, markdown, text


def main(arguments):
    """0 where nothing departs that is not known to, 1 where something departs, 2 where something could not run."""
    options = parse(arguments)
    names = dict.fromkeys(options.only) or dict.fromkeys(FRAMEWORKS)
    frameworks = [FRAMEWORKS[name] for name in names]
    started = time.monotonic()
    try:
        versions = prepare(frameworks)
        if options.install:
            say("ready: " + ", ".join(f"{name} {number}" for name, number in versions.items()))
            return 0
        rows, failures = measured(frameworks, options.quick)
        if not options.quick and not options.only:
            test_example()
    except CannotRun as error:
        say(error)
        return 2
    seconds = round(time.monotonic() - started, 1)
    if options.json:
        report = {"format": "rnncheck-frameworks", "version": 1, "versions": versions,
                  "seconds": seconds, "rows": [row.json() for row in rows], "failures": failures}
        print(json.dumps(finite(report), indent=2, ensure_ascii=False))
    elif options.markdown:
        print(markdown(rows, versions), end="")
    else:
        print(text(rows, versions), end="")
    say(f"{seconds} s in all")
    if failures:
        return 2
    return 1 if any(departs(row) for row in rows) else 0


def measured(frameworks, is_quick):
    rows, failures = [], []
    with tempfile.TemporaryDirectory(prefix="rnncheck-frameworks-") as folder:
        requests = Requests(folder)
        for framework in frameworks:
            with Answering() as answering:
                for subject, formulation in pairs(framework, is_quick):
                    say(f"checking {framework.title} {subject.name} against {formulation}")
                    try:
                        rows += measure(framework, subject, formulation, requests, answering)
                    except CannotRun as error:
                        say(error)
                        failures.append(f"{framework.title} {error}")
    return rows, failures


def pairs(framework, is_quick):
    """Each subject with each formulation that it computes, or with the first alone."""
    for subject in framework.subjects:
        for formulation in subject.formulations[: 1 if is_quick else None]:
            yield subject, formulation


def finite(value):
    """The same with null for what is not a number, which JSON has no word for."""
    if isinstance(value, dict):
        return {key: finite(part) for key, part in value.items()}
    if isinstance(value, list):
        return [finite(part) for part in value]
    return None if isinstance(value, float) and abs(value) == float("inf") else value


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="tools/frameworks",
        description="Checks the recurrent layers of frameworks against the formulations that they"
        " compute, and prints framework × formulation × arithmetic: verdict, worst error over"
        " tolerance, and in ulps. The frameworks are installed in .build/frameworks. Without --quick and --only it"
        " also builds and tests tools/swift_example, a Swift package that checks its own cell.",
        epilog="Exit codes: 0 all conform but for what is known, 1 something departs, 2 something could not run,"
        " 64 the arguments make no sense.",
    )
    parser.add_argument(
        "--only", action="append", default=[], choices=list(FRAMEWORKS), metavar="NAME",
        help=f"this framework alone, may be repeated: {', '.join(FRAMEWORKS)}",
    )
    parser.add_argument(
        "--quick", action="store_true", help="check each layer against one formulation only"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--markdown", action="store_true", help="print a row for each layer and formulation")
    parser.add_argument("--install", action="store_true", help="install, and check nothing")
    try:
        return parser.parse_args(arguments)
    except SystemExit as stop:
        sys.exit(64 if stop.code else 0)
