"""Networks of copies of a cell give what the cell gives, run by itself once for each copy."""

import math
import unittest
from dataclasses import replace

from ..formulations import FORMULATIONS
from ..recomputation import recompute
from .made_up import HIDDEN, made_up_case

STEPS = 4
# Of full length, shorter, of a single step, and without one.
LENGTHS = [4, 2, 1, 0]

# A cell, its signal that the layer above reads, and its networks: bidirectional, deep, and both.
NETWORKS = [
    ("elman-tanh", "s", ["/bidirectional", "/deep", "/deep-bidirectional"]),
    ("donahue-lstm", "h", ["+bidirectional", "+deep-2", "+deep-bidirectional-2"]),
    ("cs224d-gru", "h", ["+bidirectional", "+deep-2", "+deep-bidirectional-2"]),
]
COPIES = [
    [["_forward", "_backward"]],
    [["_1"], ["_2"]],
    [["_1_forward", "_1_backward"], ["_2_forward", "_2_backward"]],
]


def made_up(identifier):
    return made_up_case(FORMULATIONS[identifier], STEPS, len(LENGTHS), lengths=LENGTHS)


def values(identifier, case):
    """(signal, step, element, unit) -> value; the step of a final state is None."""
    goldens = recompute(FORMULATIONS[identifier], case)
    return {(g.signal, g.step, g.element, g.unit): g.recomputed for g in goldens}


def each(function):
    """[step][element] of the values of a function."""
    return [[function(step, element) for element in range(len(LENGTHS))] for step in range(STEPS)]


def turned(step, element):
    """A step's place in the opposite order; padding, and what has no step, stays where it is."""
    within = step is not None and step < LENGTHS[element]
    return LENGTHS[element] - 1 - step if within else step


def values_of_copy(cell, case, suffix, inputs):
    """The values of a cell that has the parameters and the initial states of a copy."""
    order = turned if suffix.endswith("_backward") else lambda step, element: step
    own = made_up(cell)
    # Those of the cell's output, which is not copied, may be any.
    for name in own.parameters:
        own.parameters[name] = case.parameters.get(name + suffix, own.parameters[name])
    for state in own.initial:
        own.initial[state] = case.initial[state + suffix]
    own = replace(own, inputs=each(lambda step, k: inputs[order(step, k)][k]))
    return {
        (name + suffix, order(step, element), element, unit): value
        for (name, step, element, unit), value in values(cell, own).items()
    }


def outputs(case, states):
    """softmax(V s), in Python's own floats."""
    result = {}
    for element, length in enumerate(LENGTHS):
        for step in range(STEPS):
            column = states[step][element]
            scores = [
                math.exp(sum(weight * s for weight, s in zip(row, column, strict=True)))
                for row in case.parameters["V"]
            ]
            for unit, score in enumerate(scores):
                within = step < length
                result["o", step, element, unit] = score / sum(scores) if within else 0.0
    return result


class Networks(unittest.TestCase):
    def test_a_network_gives_what_its_copies_give(self):
        for cell, read, ways in NETWORKS:
            for way, layers in zip(ways, COPIES, strict=True):
                case = made_up(cell + way)
                expected = {}
                inputs = case.inputs
                for copies in layers:
                    for suffix in copies:
                        expected |= values_of_copy(cell, case, suffix, inputs)
                    below = [read + suffix for suffix in copies]
                    inputs = each(
                        lambda step, element: [
                            expected[name, step, element, unit]
                            for name in below
                            for unit in range(HIDDEN)
                        ]
                    )
                if "V" in case.parameters:
                    expected |= outputs(case, inputs)
                for place, value in values(cell + way, case).items():
                    with self.subTest(network=cell + way, place=place):
                        # The layers above read rounded values here.
                        self.assertAlmostEqual(value, expected[place], delta=1e-14)

    def test_a_final_state_is_that_at_the_end_of_its_direction(self):
        for identifier, formulation in FORMULATIONS.items():
            case = made_up(identifier)
            found = values(identifier, case)
            for state in formulation.states:
                for element, length in enumerate(LENGTHS):
                    end = 0 if state.endswith("_backward") else length - 1
                    for unit in range(HIDDEN):
                        if length == 0:
                            expected = case.initial[state][element][unit]
                        else:
                            expected = found[state, end, element, unit]
                        with self.subTest(formulation=identifier, state=state, element=element):
                            self.assertEqual(found[state, None, element, unit], expected)

    def test_padding_changes_nothing(self):
        for identifier in FORMULATIONS:
            case = made_up(identifier)
            inputs = each(
                lambda step, k: [7.0, -5.0, 3.0] if step >= LENGTHS[k] else case.inputs[step][k]
            )
            with self.subTest(formulation=identifier):
                padded = values(identifier, replace(case, inputs=inputs))
                self.assertEqual(padded, values(identifier, case))
