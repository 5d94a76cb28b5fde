"""The command line: one line per formulation, and the first mismatches of each."""

import argparse
import sys
from pathlib import Path

from .fixture import CannotRun, read_cases
from .folder import file_of, identifiers_in
from .formulations import FORMULATIONS
from .recomputation import recompute

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
NAMED_MISMATCHES = 5


def main(arguments):
    """0 where all goldens agree, 1 where one does not, 2 where one could not be recomputed."""
    options = parse(arguments)
    if options.self_test:
        from .self_test import run

        return run()
    try:
        identifiers = options.identifiers or identifiers_in(options.fixtures)
    except CannotRun as error:
        print(f"verify-goldens: {error}", file=sys.stderr)
        return 2
    return max(verify(identifier, options.fixtures) for identifier in identifiers)


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="verify-goldens",
        description="Recomputes every forward golden of the fixtures from the documents' equations,"
        " in interval arithmetic, and compares the float64 values bit for bit.",
        epilog="Exit codes: 0 all agree, 1 some differ, 2 some could not be recomputed.",
    )
    parser.add_argument(
        "--fixtures",
        type=Path,
        default=FIXTURES,
        metavar="DIR",
        help="default: those of the checkout",
    )
    parser.add_argument(
        "--self-test", action="store_true", help="show on made-up fixtures that errors are found"
    )
    parser.add_argument(
        "identifiers",
        nargs="*",
        metavar="ID",
        help="formulations; default: those of the manifest, or without one those of all files",
    )
    return parser.parse_args(arguments)


def verify(identifier, folder):
    path = file_of(identifier, folder)
    cases = values = 0
    mismatches = []
    try:
        if identifier not in FORMULATIONS:
            raise CannotRun("there are no equations of it in tools/goldens/formulations.py")
        formulation = FORMULATIONS[identifier]
        for case in read_cases(path, identifier, formulation):
            goldens = recompute(formulation, case)
            cases += 1
            values += len(goldens)
            mismatches += [(case.name, golden) for golden in goldens if not golden.agrees]
    except CannotRun as error:
        print(f"verify-goldens: {identifier}: {error}", file=sys.stderr)
        return 2

    print(f"{identifier}: cases {cases}, values {values}, mismatches {len(mismatches)}", flush=True)
    for case, golden in mismatches[:NAMED_MISMATCHES]:
        print(f"  {path.name}, case {case}: {golden}")
    return 1 if mismatches else 0
