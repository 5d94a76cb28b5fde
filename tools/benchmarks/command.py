"""The command line: installs, measures, prints."""

import argparse
import json
import sys

from environments import CannotRun

from .environment import prepare, say
from .rows import THREADS, goldens, jacobians, passes, yardsticks
from .scaling import slopes
from .table import text

PARTS = ("jacobians", "passes", "goldens", "slopes")


def main(arguments):
    """0 where everything was measured, 2 where something could not run."""
    options = parse(arguments)
    try:
        versions = prepare()
        limits, rows, found = measured(options.only or PARTS, options.quick)
    except CannotRun as error:
        say(error)
        return 2
    if options.json:
        print(json.dumps({
            "format": "rnncheck-bench", "version": 1, "versions": versions,
            "yardsticks": {str(threads): limit for threads, limit in limits.items()},
            "rows": [row.json() for row in rows], "slopes": [vars(one) for one in found]}, indent=2))
    else:
        print(text(versions, limits, rows, found), end="")
    return 0


def measured(parts, is_quick):
    """The yardsticks, the rows and the slopes of the parts of the table that are asked for."""
    limits, rows = {}, []
    if "jacobians" in parts:
        say("yardsticks")
        limits = {threads: yardsticks(threads) for threads in THREADS}
        rows += jacobians(is_quick)
    if "passes" in parts:
        rows += passes(is_quick)
    if "goldens" in parts:
        rows += goldens()
    return limits, rows, slopes() if "slopes" in parts and not is_quick else []


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="tools/bench",
        description="Measures full-Jacobian gradient checks, forward and backward passes and how their cost"
        " grows, ours and those of PyTorch and JAX in turn on the same sizes with 1 and 2 pinned threads, and"
        " beside this machine's products of matrices and vector tanh; and goldens with all gradients, ours and"
        " those of mpmath at the same precision. The peers are installed in .build/bench.",
        epilog="Exit codes: 0 measured, 2 something could not run, 64 the arguments make no sense.",
    )
    parser.add_argument("--quick", action="store_true", help="the smallest sizes, and no slopes")
    parser.add_argument(
        "--only", action="append", default=[], choices=PARTS, metavar="PART",
        help=f"this part alone, may be repeated: {', '.join(PARTS)}")
    parser.add_argument("--json", action="store_true", help="print JSON")
    try:
        return parser.parse_args(arguments)
    except SystemExit as stop:
        sys.exit(64 if stop.code else 0)
