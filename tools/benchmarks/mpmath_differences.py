"""The gradients of a formulation's cases by mpmath.diff alone: what mpmath gives who writes no backpropagation.

The loss is a function of each scalar in turn, at the precision at which our goldens decide; mpmath.diff evaluates it
twice at more than twice that precision. A few scalars of every case are timed, spread evenly over all of them, and the
rest are taken to cost as much: one forward pass of the case, for the values, and every scalar by its mean time.
"""

import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace

import mpmath
from goldens.formulations import FORMULATIONS
from mpmath import libmp

from .mpmath_arithmetic import RoundedMatrix, RoundedVector
from .mpmath_goldens import IDENTIFIERS, read

# How many scalars of a case are timed, where it has as many.
TIMED = 6


@dataclass(frozen=True)
class Scalar:
    """A number of a case: where it stands among the exact ones, and where its gradient does among the goldens."""

    numbers: list
    index: int
    place: str
    position: int


class Loss:
    """What the upstream gradients make of a case's signals, as a function of the case's numbers."""

    def __init__(self, formulation, asked):
        self._formulation = formulation
        self._asked = asked
        case = asked.case
        self._parameters = exactly(case.parameters)
        self._inputs = exactly(case.inputs)
        self._initial = exactly(case.initial)

    def scalars(self):
        for name, numbers in self._parameters.items():
            rows = numbers if isinstance(numbers[0], list) else [numbers]
            for row, elements in enumerate(rows):
                for index in range(len(elements)):
                    yield Scalar(elements, index, f"gradients/{name}", row * len(elements) + index)
        for element, length in enumerate(self._asked.case.lengths):
            for step in range(length):
                place = f"gradients/x {step * self._asked.case.sizes.batch + element}"
                elements = self._inputs[step][element]
                yield from (Scalar(elements, index, place, index) for index in range(len(elements)))
            for state, numbers in self._initial.items():
                elements, place = numbers[element], f"gradients/{state} initial {element}"
                yield from (Scalar(elements, index, place, index) for index in range(len(elements)))

    def at(self, scalar, x):
        """The loss with another number in the place of a scalar."""
        with replaced(scalar, x._mpf_):
            return mpmath.mp.make_mpf(self.value())

    def value(self):
        bits = mpmath.mp.prec
        asked = self._asked
        parameters = SimpleNamespace(**{
            name: (RoundedMatrix if isinstance(numbers[0], list) else RoundedVector)(numbers, bits)
            for name, numbers in self._parameters.items()})
        terms = []

        def weigh(upstream, vector):
            terms.extend(map(libmp.mpf_mul, map(libmp.from_float, upstream), vector.elements))

        for element, length in enumerate(asked.case.lengths):
            course = self._formulation.run(
                parameters, [RoundedVector(self._inputs[step][element], bits) for step in range(length)],
                {state: RoundedVector(numbers[element], bits) for state, numbers in self._initial.items()})
            for signal, upstream in asked.sequence.items():
                for step, now in enumerate(course.steps):
                    weigh(upstream[step][element], now[signal])
            for state, upstream in asked.final.items():
                weigh(upstream[element], course.final[state])
        return libmp.mpf_sum(terms, bits, libmp.round_nearest)


def exactly(numbers):
    if isinstance(numbers, dict):
        return {name: exactly(part) for name, part in numbers.items()}
    if isinstance(numbers, list):
        return [exactly(part) for part in numbers]
    return libmp.from_float(numbers)


@contextmanager
def replaced(scalar, number):
    own = scalar.numbers[scalar.index]
    scalar.numbers[scalar.index] = number
    try:
        yield
    finally:
        scalar.numbers[scalar.index] = own


def answer(request):
    formulation = FORMULATIONS[IDENTIFIERS[request.cell]]
    asked = list(read(IDENTIFIERS[request.cell], formulation))
    figures = {"scalars": 0, "timed scalars": 0, "not as stored": 0, "with gmpy2": libmp.BACKEND == "gmpy"}
    seconds = [extrapolated(formulation, asked, request.bits, figures) for _ in range(request.repeats)]
    return {"seconds": seconds, "figures": figures}


def extrapolated(formulation, cases, bits, figures):
    """The seconds that all scalars of the cases take."""
    figures.update({"scalars": 0, "timed scalars": 0, "not as stored": 0})
    total = 0.0
    for asked in cases:
        loss = Loss(formulation, asked)
        scalars = list(loss.scalars())
        timed = scalars[:: max(1, -(-len(scalars) // TIMED))]
        with mpmath.workprec(bits[asked.case.name]):
            start = time.perf_counter()
            loss.value()
            values = time.perf_counter()
            found = [derivative(loss, scalar) for scalar in timed]
            end = time.perf_counter()
        total += values - start + (end - values) * len(scalars) / len(timed)
        figures["scalars"] += len(scalars)
        figures["timed scalars"] += len(timed)
        figures["not as stored"] += sum(
            float64(gradient) != asked.stored[scalar.place][scalar.position]
            for scalar, gradient in zip(timed, found))
    return total


def derivative(loss, scalar):
    return mpmath.diff(partial(loss.at, scalar), mpmath.mp.make_mpf(scalar.numbers[scalar.index]))


def float64(number):
    return libmp.to_float(number._mpf_, rnd=libmp.round_nearest)
