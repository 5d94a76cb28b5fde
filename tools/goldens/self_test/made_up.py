"""Made-up cases and fixtures for the self-test."""

import random

import numpy

from ..fixture import Case
from ..recomputation import recompute
from ..shapes import Sizes

# Unlike one another, so that no axis passes for another one.
HIDDEN, INPUTS, OUTPUTS = 2, 3, 4


def made_up_case(formulation, steps, batch, name="ragged", lengths=None, parameter=None):
    """A case of seeded numbers that are multiples of 1/64; its goldens are blank."""
    draw = random.Random(3)

    def number():
        return draw.randint(-96, 96) / 64

    def numbers(*shape, element=number):
        if not shape:
            return element()
        return [numbers(*shape[1:], element=element) for _ in range(shape[0])]

    sizes = Sizes(steps, batch, INPUTS, HIDDEN, OUTPUTS)
    return Case(
        name=name,
        sizes=sizes,
        lengths=lengths or [steps] * batch,
        parameters={
            key: numbers(*sizes.shape(axes), element=parameter or number)
            for key, axes in formulation.parameters.items()
        },
        inputs=numbers(*sizes.shape("T,B,I")),
        initial={state: numbers(*sizes.shape("B,H")) for state in formulation.states},
        sequence={
            signal: numbers(*sizes.shape(axes), element=float)
            for signal, axes in formulation.signals.items()
        },
        final={state: numbers(*sizes.shape("B,H"), element=float) for state in formulation.states},
    )


def write_case(file, formulation, case):
    """Writes a made-up case with its recomputed goldens."""
    for golden in recompute(formulation, case):
        if golden.step is None:
            case.final[golden.signal][golden.element][golden.unit] = golden.recomputed
        else:
            step = case.sequence[golden.signal][golden.step]
            step[golden.element][golden.unit] = golden.recomputed

    sizes = case.sizes
    group = file.create_group(f"cases/{case.name}")
    group.attrs.update(
        {
            "input_size": sizes.inputs,
            "hidden_size": sizes.hidden,
            "output_size": sizes.outputs,
            "steps": sizes.steps,
            "batch": sizes.batch,
        }
    )
    if case.lengths != [sizes.steps] * sizes.batch:
        group["lengths"] = numpy.array(case.lengths)
    for name, values in case.parameters.items():
        group[f"parameters/{name}"] = numpy.array(values, dtype="float32")
    inputs = numpy.array(case.inputs, dtype="float32")
    group["inputs/x"] = inputs.reshape(sizes.shape("T,B,I"))
    for state, values in case.initial.items():
        group[f"initial/{state}"] = numpy.array(values, dtype="float32")
    for signal, values in case.sequence.items():
        sequence = numpy.array(values, dtype="float64")
        shape = sizes.shape(formulation.signals[signal])
        group[f"expected/sequence/{signal}"] = sequence.reshape(shape)
    for state, values in case.final.items():
        group[f"expected/final/{state}"] = numpy.array(values, dtype="float64")
