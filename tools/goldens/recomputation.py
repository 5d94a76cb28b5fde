"""Recomputes the goldens of a case and compares them with the stored ones, to the last bit."""

import math
from dataclasses import dataclass
from types import SimpleNamespace

from .arithmetic import Matrix, Vector, exactly
from .fixture import CannotRun
from .rounding import decided_float64

# Bits of the intervals' ends: doubled until every golden's rounding is decided.
LEAST_BITS = 256
MOST_BITS = 16384

# The step of what exists only once, after the last step; an index from the end.
LAST_STEP = -1


@dataclass(frozen=True)
class Golden:
    """A recomputed value and its place; `step` is None for a final state."""

    signal: str
    step: object
    element: int
    unit: int
    stored: float
    recomputed: float

    @property
    def agrees(self):
        """Equal bits: a zero's sign counts, for the goldens' zeros are +0."""
        signs = math.copysign(1, self.stored) == math.copysign(1, self.recomputed)
        return self.stored == self.recomputed and signs

    def __str__(self):
        place = {None: "final", LAST_STEP: "last step"}.get(self.step, f"step {self.step}")
        return (
            f"{self.signal}, {place}, batch {self.element}, unit {self.unit}:"
            f" stored {self.stored.hex()}, recomputed {self.recomputed.hex()}"
        )


class Undecided(Exception):
    """An interval that still holds numbers which round differently."""


def recompute(formulation, case):
    """Every golden of a case."""
    bits = LEAST_BITS
    while True:
        try:
            goldens = [
                golden
                for element in range(case.sizes.batch)
                for golden in recompute_element(formulation, case, element, bits)
            ]
        except Undecided as undecided:
            bits *= 2
            if bits > MOST_BITS:
                raise CannotRun(
                    f"{case.name}: {undecided} is undecided at {MOST_BITS} bits"
                ) from undecided
        else:
            return goldens


def recompute_element(formulation, case, element, bits):
    """The goldens of one batch element, which nothing in the other elements can change."""
    length = case.lengths[element]
    parameters = SimpleNamespace(
        **{name: tensor(values, bits) for name, values in case.parameters.items()}
    )
    inputs = [tensor(case.inputs[step][element], bits) for step in range(length)]
    initial = {state: tensor(case.initial[state][element], bits) for state in formulation.states}
    course = formulation.run(parameters, inputs, initial)
    for step, now in enumerate(course.steps):
        for signal in formulation.signals_of_steps:
            stored = case.sequence[signal][step][element]
            yield from goldens_of(signal, step, element, stored, rounded(now[signal], signal))
    for step in range(length, case.sizes.steps):
        for signal in formulation.signals_of_steps:
            stored = case.sequence[signal][step][element]
            yield from goldens_of(signal, step, element, stored, [0.0] * len(stored))
    for signal in formulation.signals_at_end:
        stored = case.sequence[signal][LAST_STEP][element]
        result = formulation.at_end(parameters, course.final)[signal]
        yield from goldens_of(signal, LAST_STEP, element, stored, rounded(result, signal))
    for state in formulation.states:
        stored = case.final[state][element]
        yield from goldens_of(state, None, element, stored, rounded(course.final[state], state))


def tensor(values, bits):
    """A list of floats as a vector, a list of lists as a matrix."""
    if values and isinstance(values[0], list):
        return Matrix([[exactly(number) for number in row] for row in values], bits)
    return Vector([exactly(number) for number in values], bits)


def rounded(vector, signal):
    values = [decided_float64(interval) for interval in vector.elements]
    if None in values:
        raise Undecided(signal)
    return values


def goldens_of(signal, step, element, stored, recomputed):
    for unit, (old, new) in enumerate(zip(stored, recomputed, strict=True)):
        yield Golden(signal, step, element, unit, old, new)
