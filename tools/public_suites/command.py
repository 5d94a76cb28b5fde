"""The command line: how many mutants of each operator the suite catches, and which it does not."""

import argparse
import json
import sys
from collections import Counter
from itertools import product

import numpy as np
import onnx

from .equations import OPERATORS, operator
from .mutants import mutants_of, right
from .node_tests import node_tests

SEED = 20150311


def main(arguments):
    """0 where the suite was run, 2 where it could not be."""
    options = parse(arguments)
    tests = node_tests()
    if not tests:
        print("public-suites: the onnx package has no node tests of these operators", file=sys.stderr)
        return 2
    wrong = [test.name for test in tests if test.catches(right(test.kind))]
    if wrong:
        print(f"public-suites: the right cell fails {', '.join(wrong)}", file=sys.stderr)
        return 2
    report = {
        "format": "rnncheck-public-suites",
        "version": 1,
        "suite": "ONNX backend node tests",
        "onnx": onnx.__version__,
        "rtol": sorted({test.rtol for test in tests}),
        "atol": sorted({test.atol for test in tests}),
        "operators": {kind: study(kind, tests) for kind in OPERATORS},
    }
    if options.json:
        print(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        print_report(report, options.survivors)
    return 0


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="public-suites",
        description="Runs wrong LSTM, GRU and RNN cells, one change each, against the node tests of the"
        " ONNX backend with the tests' own tolerances, and counts those that they catch.",
        epilog="Exit codes: 0 counted, 2 could not run.",
    )
    parser.add_argument("--json", action="store_true", help="print the counts and survivors as JSON")
    parser.add_argument("--survivors", action="store_true", help="name every mutant not caught")
    return parser.parse_args(arguments)


def study(kind, tests):
    own = [test for test in tests if test.kind == kind]
    mutants = []
    equivalent = []
    for mutant in mutants_of(kind):
        (mutants if differs(mutant, kind) else equivalent).append(mutant)
    caught = [mutant for mutant in mutants if any(test.catches(mutant) for test in own)]
    names = {mutant.name for mutant in caught}
    orders = [mutant for mutant in mutants if mutant.name.startswith("gates ")]
    return {
        "tests": [test.name for test in own],
        "mutants": len(mutants),
        "caught": len(caught),
        "gate_orders": len(orders),
        "gate_orders_caught": len([mutant for mutant in orders if mutant.name in names]),
        "equivalent": [mutant.name for mutant in equivalent],
        "classes": classes(mutants, names),
        "survivors": [mutant.name for mutant in mutants if mutant.name not in names],
    }


def classes(mutants, caught):
    totals = Counter(mutant.bug_class for mutant in mutants)
    hits = Counter(mutant.bug_class for mutant in mutants if mutant.name in caught)
    return {name: {"mutants": totals[name], "caught": hits[name]} for name in sorted(totals)}


def differs(mutant, kind):
    """Whether a mutant is wrong at all: on float64 numbers with every optional input, and on padding, NaN
    and large states."""
    return any(
        differs_on(mutant, kind, inputs, attributes) for inputs, attributes in dense_cases(kind)
    )


def differs_on(mutant, kind, inputs, attributes):
    expected = right(kind).outputs(kind, inputs, attributes)
    try:
        found = mutant.outputs(kind, inputs, attributes)
    except (ArithmeticError, IndexError, ValueError):
        return True
    return any(
        a.shape != b.shape or not np.allclose(a, b, rtol=1e-9, atol=1e-12, equal_nan=True)
        for a, b in zip(found, expected)
    )


def dense_cases(kind):
    generator = np.random.default_rng(SEED)
    resets = (0, 1) if kind == "GRU" else (0,)
    directions = (b"forward", b"reverse", b"bidirectional")
    for scale, layout, reset, direction in product((1, 4), (0, 1), resets, directions):
        attributes = {"hidden_size": 3, "layout": layout, "direction": direction}
        if kind == "GRU":
            attributes["linear_before_reset"] = reset
        yield dense_inputs(kind, scale, attributes, generator), attributes


def dense_inputs(kind, scale, attributes, generator):
    steps, batch, size, hidden = 4, 3, 5, attributes["hidden_size"]
    count = 2 if attributes["direction"] == b"bidirectional" else 1
    gates = len(operator(kind, {}).gates)

    def numbers(*shape):
        return scale * generator.uniform(-1, 1, shape)

    def batched(lead, *rest):
        return numbers(*((batch, lead) if attributes["layout"] else (lead, batch)), *rest)

    inputs = {
        "X": batched(steps, size),
        "W": numbers(count, gates * hidden, size),
        "R": numbers(count, gates * hidden, hidden),
        "B": numbers(count, 2 * gates * hidden),
        "sequence_lens": np.array([4, 2, 3]),
        "initial_h": batched(count, hidden),
    }
    if kind == "LSTM":
        inputs["initial_c"] = batched(count, hidden)
        inputs["P"] = numbers(count, 3 * hidden)
    if attributes["layout"]:
        inputs["X"][0, 0, 0] = np.nan
    return inputs


def print_report(report, survivors):
    rtol, atol = (", ".join(map(str, report[name])) for name in ("rtol", "atol"))
    print(f"{report['suite']}, onnx {report['onnx']}, rtol {rtol}, atol {atol}\n")
    print(f"{'operator':<10}{'tests':>6}{'mutants':>9}{'caught':>8}{'gate orders':>13}{'caught':>8}")
    for kind, counts in report["operators"].items():
        print(
            f"{kind:<10}{len(counts['tests']):>6}{counts['mutants']:>9}{counts['caught']:>8}"
            f"{counts['gate_orders']:>13}{counts['gate_orders_caught']:>8}"
        )
    print("\ncaught of all, by class")
    names = sorted({name for counts in report["operators"].values() for name in counts["classes"]})
    print(f"{'':<16}" + "".join(f"{kind:>10}" for kind in report["operators"]))
    for name in names:
        cells = [counts["classes"].get(name) for counts in report["operators"].values()]
        shown = [f"{cell['caught']} of {cell['mutants']}" if cell else "–" for cell in cells]
        print(f"{name:<16}" + "".join(f"{cell:>10}" for cell in shown))
    if survivors:
        for kind, counts in report["operators"].items():
            print(f"\n{kind}, not caught")
            for name in counts["survivors"]:
                print(f"  {name}")
    print("\nNo node test has a gradient.")
