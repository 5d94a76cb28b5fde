"""How the cost grows with the sizes: slopes on a log-log scale beside those of the arithmetic."""

import math
from dataclasses import dataclass

from .environment import say
from .measuring import ours
from .rows import request

BASE = (32, 32, 16, 2)


@dataclass
class Slope:
    """The exponent that a cost grows with, as measured and as the arithmetic has it between the ends."""

    what: str
    against: str
    values: list
    seconds: list
    measured: float
    arithmetic: float


def slopes():
    """The full Jacobian against T, B, H and the numbers P, a pass forward and back against T, B and H."""
    found = []
    for what, measurement, work in (("full Jacobian", "jacobian", jacobian_work), ("passes", "passes", pass_work)):
        for place, name, values in ((2, "T", (8, 16, 32)), (3, "B", (1, 2, 4)), (1, "H", (16, 32, 64))):
            say(f"{what} against {name}")
            sizes = [BASE[:place] + (value,) + BASE[place + 1:] for value in values]
            if measurement == "passes":
                # Large enough that the work and not the call is measured.
                sizes = [tuple(4 * n if at < 2 else 2 * n for at, n in enumerate(size)) for size in sizes]
            seconds = [min(ours(request(measurement, size, repeats=4)).seconds) for size in sizes]
            against = [size[place] for size in sizes]
            found.append(Slope(what, name, against, seconds, fit(against, seconds),
                               fit(against, [work(size) for size in sizes])))
            if measurement == "jacobian" and name == "H":
                numbers = [scalars(size) for size in sizes]
                found.append(Slope(what, "P", numbers, seconds, fit(numbers, seconds),
                                   fit(numbers, [work(size) for size in sizes])))
    return found


def scalars(sizes):
    inputs, hidden, steps, batch = sizes
    return 4 * hidden * (inputs + hidden + 1) + batch * (steps * inputs + 2 * hidden)


def jacobian_work(sizes):
    """Columns × steps × (the product and 5 activations a unit, of 20 operations each)."""
    inputs, hidden, steps, batch = sizes
    own = 4 * hidden * (inputs + hidden + 1) + steps * inputs / 2 + 2 * hidden
    return batch * own * steps * (8 * hidden**2 + 100 * hidden)


def pass_work(sizes):
    inputs, hidden, steps, batch = sizes
    return steps * batch * (24 * hidden * (hidden + inputs) + 200 * hidden)


def fit(x, y):
    """The slope of the line through the logarithms that is nearest by least squares."""
    x, y = [math.log(one) for one in x], [math.log(one) for one in y]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    return (sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y))
            / sum((a - middle_x) ** 2 for a in x))
