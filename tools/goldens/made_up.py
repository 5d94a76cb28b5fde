"""Made-up cases and fixtures for the self-test."""

import random

import numpy

from .fixture import Case
from .recomputation import recompute

HIDDEN, WIDTH = 2, 3


def made_up_case(formulation, steps, batch, name="ragged", lengths=None, parameter=None):
    """A case of seeded numbers that are multiples of 1/64; its goldens are blank."""
    draw = random.Random(3)

    def number():
        return draw.randint(-96, 96) / 64

    def numbers(*shape, element=number):
        if not shape:
            return element()
        return [numbers(*shape[1:], element=element) for _ in range(shape[0])]

    shapes = {
        **dict.fromkeys(formulation.of_input, (HIDDEN, WIDTH)),
        **dict.fromkeys(formulation.of_hidden, (HIDDEN, HIDDEN)),
        **dict.fromkeys(formulation.biases, (HIDDEN,)),
    }
    return Case(
        name=name,
        steps=steps,
        batch=batch,
        lengths=lengths or [steps] * batch,
        parameters={
            key: numbers(*shape, element=parameter or number) for key, shape in shapes.items()
        },
        inputs=numbers(steps, batch, WIDTH),
        initial={state: numbers(batch, HIDDEN) for state in formulation.states},
        sequence={
            signal: numbers(steps, batch, HIDDEN, element=float) for signal in formulation.signals
        },
        final={state: numbers(batch, HIDDEN, element=float) for state in formulation.states},
    )


def write_case(file, formulation, case):
    """Writes a made-up case with its recomputed goldens."""
    for golden in recompute(formulation, case):
        if golden.step is None:
            case.final[golden.signal][golden.element][golden.unit] = golden.recomputed
        else:
            step = case.sequence[golden.signal][golden.step]
            step[golden.element][golden.unit] = golden.recomputed

    group = file.create_group(f"cases/{case.name}")
    group.attrs.update(
        {
            "input_size": WIDTH,
            "hidden_size": HIDDEN,
            "output_size": 0,
            "steps": case.steps,
            "batch": case.batch,
        }
    )
    if case.lengths != [case.steps] * case.batch:
        group["lengths"] = numpy.array(case.lengths)
    for name, values in case.parameters.items():
        group[f"parameters/{name}"] = numpy.array(values, dtype="float32")
    inputs = numpy.array(case.inputs, dtype="float32")
    group["inputs/x"] = inputs.reshape(case.steps, case.batch, WIDTH)
    for state, values in case.initial.items():
        group[f"initial/{state}"] = numpy.array(values, dtype="float32")
    for signal, values in case.sequence.items():
        sequence = numpy.array(values, dtype="float64")
        group[f"expected/sequence/{signal}"] = sequence.reshape(case.steps, case.batch, HIDDEN)
    for state, values in case.final.items():
        group[f"expected/final/{state}"] = numpy.array(values, dtype="float64")
