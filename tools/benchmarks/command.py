"""The command line: installs, measures, prints."""

import argparse
import json
import sys

from .environment import CannotRun, prepare, say
from .rows import jacobians, passes, yardsticks
from .scaling import slopes
from .table import text


def main(arguments):
    """0 where everything was measured, 2 where something could not run."""
    options = parse(arguments)
    try:
        versions = prepare()
        say("yardsticks")
        limits = {threads: yardsticks(threads) for threads in (1, 2)}
        rows = [*jacobians(options.quick, limits), *passes(options.quick)]
        found = [] if options.quick else slopes()
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


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="tools/bench",
        description="Measures full-Jacobian gradient checks, forward and backward passes and how their cost"
        " grows, ours and those of PyTorch and JAX in turn on the same sizes with 1 and 2 pinned threads, and"
        " beside this machine's products of matrices and vector tanh. The peers are installed in .build/bench.",
        epilog="Exit codes: 0 measured, 2 something could not run, 64 the arguments make no sense.",
    )
    parser.add_argument("--quick", action="store_true", help="the smallest sizes, and no slopes")
    parser.add_argument("--json", action="store_true", help="print JSON")
    try:
        return parser.parse_args(arguments)
    except SystemExit as stop:
        sys.exit(64 if stop.code else 0)
