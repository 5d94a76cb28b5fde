"""The goldens of a formulation's cases by mpmath: every value and, by backpropagation, every gradient.

The equations are those of tools/goldens, the cases those of the fixtures, each at the precision at which ours
decide at last. What is measured goes from the stored numbers to goldens rounded to float64; how many of them are
not the stored ones is counted afterwards.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace

from goldens.arithmetic import Matrix, Vector, exactly
from goldens.command import FIXTURES
from goldens.fixture import Case, opened, read_cases
from goldens.folder import file_of
from goldens.formulations import FORMULATIONS
from goldens.rounding import decided_float64
from mpmath import libmp

from .backpropagation import Tape, Variable, Weights
from .mpmath_arithmetic import RoundedMatrix, RoundedVector

IDENTIFIERS = {"lstm": "donahue-lstm", "gru": "cs224d-gru"}


@dataclass(frozen=True)
class Arithmetic:
    """A kind of numbers: from a float64, and to the float64 that it rounds to, or None where it does not say."""

    vector: type
    matrix: type
    exactly: Callable
    rounded: Callable

    def variable(self, floats, bits, tape):
        return Variable(self.constant(floats, bits), tape)

    def constant(self, floats, bits):
        return self.vector(list(map(self.exactly, floats)), bits)

    def parameter(self, values, bits, tape):
        if isinstance(values[0], list):
            rows = [list(map(self.exactly, row)) for row in values]
            return Weights(self.matrix(rows, bits), tape)
        return self.variable(values, bits, tape)


ARITHMETICS = {
    "mpmath": Arithmetic(
        RoundedVector, RoundedMatrix, libmp.from_float, partial(libmp.to_float, rnd=libmp.round_nearest)),
    "mpmath intervals": Arithmetic(Vector, Matrix, exactly, decided_float64),
}


@dataclass(frozen=True)
class Asked:
    """A case with its upstream gradients, and the stored goldens by the names of their places."""

    case: Case
    sequence: dict
    final: dict
    stored: dict


def answer(peer, request):
    formulation = FORMULATIONS[IDENTIFIERS[request.cell]]
    asked = list(read(IDENTIFIERS[request.cell], formulation))
    arithmetic = ARITHMETICS[peer]

    def run():
        return [goldens(formulation, one, request.bits[one.case.name], arithmetic) for one in asked]

    wrong = sum(
        value != one.stored[place][at]
        for one, found in zip(asked, run()) for place, values in found.items() for at, value in enumerate(values))
    seconds = []
    for _ in range(request.repeats):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return {"seconds": seconds, "figures": {"not as stored": wrong, "with gmpy2": libmp.BACKEND == "gmpy"}}


def read(identifier, formulation):
    path = file_of(identifier, FIXTURES)
    cases = list(read_cases(path, identifier, formulation))
    with opened(path) as file:
        for case in cases:
            group = file["cases"][case.name]
            upstream = {
                kind: {name: data[()].tolist() for name, data in group.get(f"upstream/{kind}", {}).items()}
                for kind in ("sequence", "final")}
            yield Asked(case, upstream["sequence"], upstream["final"], places(group["expected"]))


def places(expected):
    """The stored goldens as lists by the names that `goldens` gives them."""
    stored = {}
    for name, data in expected["gradients/parameters"].items():
        stored[f"gradients/{name}"] = data[()].ravel().tolist()
    rows = {
        **{name: data for name, data in expected["sequence"].items()},
        **{f"{name} final": data for name, data in expected["final"].items()},
        **{f"gradients/{name} initial": data for name, data in expected["gradients/initial"].items()},
        "gradients/x": expected["gradients/inputs/x"]}
    for name, data in rows.items():
        values = data[()]
        for index in range(values.size // values.shape[-1]):
            stored[f"{name} {index}"] = values.reshape(-1, values.shape[-1])[index].tolist()
    return stored


def goldens(formulation, asked, bits, arithmetic):
    """Place -> the numbers rounded; zeros in the padding, and gradients that nothing arrives at, are left out."""
    case, tape, found = asked.case, Tape(), {}
    parameters = {name: arithmetic.parameter(values, bits, tape) for name, values in case.parameters.items()}
    variables = {}

    def receive(place, variable, upstream):
        variables[place] = variable
        if upstream is not None:
            variable.receive(arithmetic.constant(upstream, bits))

    starts = {}
    for element, length in enumerate(case.lengths):
        initial = {
            state: arithmetic.variable(values[element], bits, tape) for state, values in case.initial.items()}
        inputs = [arithmetic.variable(case.inputs[step][element], bits, tape) for step in range(length)]
        course = formulation.run(SimpleNamespace(**parameters), inputs, initial)
        rows = [step * case.sizes.batch + element for step in range(length)]
        for step, (row, now) in enumerate(zip(rows, course.steps)):
            for signal, variable in now.items():
                upstream = asked.sequence.get(signal)
                receive(f"{signal} {row}", variable, upstream and upstream[step][element])
        for state, variable in course.final.items():
            upstream = asked.final.get(state)
            receive(f"{state} final {element}", variable, upstream and upstream[element])
        starts |= {f"gradients/x {row}": x for row, x in zip(rows, inputs)}
        starts |= {f"gradients/{state} initial {element}": variable for state, variable in initial.items()}
    tape.run()

    def put(place, vectors):
        numbers = [arithmetic.rounded(number) for vector in vectors for number in vector.elements]
        if numbers:
            found[place] = numbers

    for place, variable in variables.items():
        put(place, [variable.value])
    for place, variable in starts.items():
        put(place, [] if variable.gradient is None else [variable.gradient])
    for name, parameter in parameters.items():
        if isinstance(parameter, Weights):
            put(f"gradients/{name}", parameter.gradient_rows(arithmetic.vector))
        else:
            put(f"gradients/{name}", [] if parameter.gradient is None else [parameter.gradient])
    return found
