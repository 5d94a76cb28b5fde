"""Networks of several copies of a cell, of which nothing is known here but its course.

A copy has signals, states and parameters of its own, named as the cell's and then as the copy:
W_xi_2_backward is that W_xi by which the second layer reads its input backward.
"""

from functools import reduce
from types import SimpleNamespace

from .arithmetic import stacked
from .course import Course
from .formulation import Formulation


def bidirectional(cell, layer=""):
    """Two copies that read the same inputs, one of them from the last step to the first."""
    return beside(named(cell, f"{layer}_forward"), named(backward(cell), f"{layer}_backward"))


def deep(cell, read, depth):
    """Layers, each of which reads the signal `read` of the one below it in place of an input."""
    network = named(cell, "_1")
    for layer in range(2, depth + 1):
        network = above(network, [f"{read}_{layer - 1}"], named(cell, f"_{layer}"))
    return network


def deep_bidirectional(cell, read, depth):
    """Bidirectional layers, each of which reads that signal of both directions below it."""
    network = bidirectional(cell, "_1")
    for layer in range(2, depth + 1):
        below = [f"{read}_{layer - 1}_forward", f"{read}_{layer - 1}_backward"]
        network = above(network, below, bidirectional(cell, f"_{layer}"))
    return network


def named(cell, suffix):
    """A copy with names of its own."""

    def renamed(values):
        return {name + suffix: value for name, value in values.items()}

    def run(p, inputs, initial):
        own = SimpleNamespace(**{name: getattr(p, name + suffix) for name in cell.parameters})
        course = cell.run(own, inputs, {state: initial[state + suffix] for state in cell.states})
        return Course([renamed(now) for now in course.steps], renamed(course.final))

    return Formulation(
        run,
        signals=renamed(cell.signals),
        parameters=renamed(cell.parameters),
        states=tuple(state + suffix for state in cell.states),
    )


def backward(cell):
    """The same equations from the sequence's own last step to its first.

    The initial states stand beyond that last step, and the final ones are those at the first.
    """

    def run(p, inputs, initial):
        course = cell.run(p, inputs[::-1], initial)
        return Course(course.steps[::-1], course.final)

    return Formulation(run, cell.signals, cell.parameters, cell.states)


def beside(left, right):
    """Two networks that read the same inputs."""

    def run(p, inputs, initial):
        return _joined(left.run(p, inputs, initial), right.run(p, inputs, initial))

    return _union(run, left, right)


def above(lower, read, upper):
    """A network that reads the stack of some signals of another one in place of the inputs."""
    height = "+".join(lower.signals[signal].split(",")[-1] for signal in read)
    parameters = {name: axes.replace("I", height) for name, axes in upper.parameters.items()}

    def run(p, inputs, initial):
        below = lower.run(p, inputs, initial)
        stacks = [reduce(stacked, (now[signal] for signal in read)) for now in below.steps]
        return _joined(below, upper.run(p, stacks, initial))

    return _union(run, lower, Formulation(upper.run, upper.signals, parameters, upper.states))


def _joined(one, other):
    steps = [now | more for now, more in zip(one.steps, other.steps, strict=True)]
    return Course(steps, one.final | other.final)


def _union(run, one, other):
    return Formulation(
        run,
        signals=one.signals | other.signals,
        parameters=one.parameters | other.parameters,
        states=one.states + other.states,
    )
