"""What is measured, and against what."""

import statistics
from dataclasses import dataclass, field, replace

from .environment import say
from .measuring import Request, ours, theirs

CHECKED = ((4, 5, 6, 3), (16, 16, 8, 2), (32, 32, 16, 2))
LARGEST = (64, 64, 16, 2)
THREADS = (1, 2)
PASSES = ((64, 64, 32, 8), (256, 256, 64, 16), (512, 512, 64, 32))
# Of a peer that takes longer than this a run is one, and ours are measured before and after it.
LONG = 5.0
# Cells with stored cases, and by what their goldens are computed with mpmath.
GOLDENS = ("lstm", "gru")
MPMATH = {
    "mpmath": "mpmath, with backpropagation written for it by hand",
    "mpmath intervals": "mpmath's intervals, with backpropagation written for them by hand",
    "mpmath.diff": "mpmath.diff of the loss by each scalar",
}


@dataclass
class Row:
    """One line of the table; seconds are medians."""

    what: str
    sizes: tuple
    precision: str
    threads: int
    ours: float
    peer: str = ""
    theirs: float = None
    share: float = None
    peak_bytes: int = None
    figures: dict = field(default_factory=dict)

    @property
    def ratio(self):
        return self.theirs and self.theirs / self.ours

    def json(self):
        return {**vars(self), "ratio": self.ratio}


def request(measurement, sizes, **others):
    inputs, hidden, steps, batch = sizes
    return Request(measurement, inputs=inputs, hidden=hidden, steps=steps, batch=batch, **others)


def yardsticks(threads):
    """precision -> the best product of matrices (flop/s, of all threads) and tanh (s) of ours and theirs."""
    return {precision: yardstick(precision, threads) for precision in ("float64", "float32")}


def yardstick(precision, threads):
    asked = Request("yardsticks", precision=precision, threads=threads)
    one, other = ours(asked).figures, theirs(asked).figures
    return {"product": max(one["product"], other["product"]), "tanh": min(one["tanh"], other["tanh"]),
            "ours": one, "torch": other}


def in_turn(asked, peer, rounds):
    """Ours and theirs in turn, so that what else the machine does falls on both."""
    sizes = "" if asked.measurement == "goldens" else f" {asked.sizes} {asked.precision}, {asked.threads} threads"
    say(f"{asked.measurement} {asked.cell}{sizes}, and {peer}")
    mine, other = ours(asked), theirs(replace(asked, repeats=1), peer)
    if other.median < LONG:
        for _ in range(rounds):
            mine, other = mine.and_then(ours(asked)), other.and_then(theirs(asked, peer))
    else:
        mine = mine.and_then(ours(asked))
    return mine, other


def jacobians(is_quick):
    """The full Jacobian beside gradcheck; the five-point stencil and the largest by themselves."""
    for sizes in CHECKED[: 2 if is_quick else None]:
        for threads in THREADS:
            asked = request("jacobian", sizes, threads=threads)
            mine, other = in_turn(asked, "torch", 1)
            yield Row("full Jacobian, central", sizes, "float64", threads, mine.median, "torch gradcheck",
                      other.median, with_share(asked)[1], mine.peak_bytes)
            yield alone("full Jacobian, five-point", replace(asked, stencil="five-point"))
    if not is_quick:
        for threads in THREADS:
            yield alone("full Jacobian, central", request("jacobian", LARGEST, threads=threads, repeats=2))


def alone(what, asked):
    say(f"jacobian lstm {asked.sizes} {asked.stencil}, {asked.threads} threads")
    mine, share = with_share(asked)
    return Row(what, asked.sizes, "float64", asked.threads, mine.median, share=share, peak_bytes=mine.peak_bytes)


def with_share(asked):
    """Ours, and its share of the machine's limit: recurrent products and activations of every column, no more.

    A step of a column of the LSTM is a product with [4H,H] and 5H activations; the projections of the
    inputs are shared. A central difference is two columns a number, a five-point one six. Ours and the
    limit are measured in turn, as what else the machine does falls on both.
    """
    inputs, hidden, steps, _ = asked.sizes
    limits, mine = [], None
    for _ in range(2):
        limits.append(yardstick("float64", asked.threads))
        again = ours(asked)
        mine = mine.and_then(again) if mine else again
    product, tanh = (statistics.mean(limit[name] for limit in limits) for name in ("product", "tanh"))
    column = steps * (8 * hidden**2 / (product / asked.threads) + 5 * hidden * tanh)
    return mine, mine.figures["evaluations"] * column / (asked.threads * mine.median)


def passes(is_quick):
    """A forward and a backward pass of both cells in both precisions."""
    for sizes in PASSES[: 1 if is_quick else None]:
        for precision in ("float64", "float32"):
            for cell in ("lstm", "gru"):
                for peer in ("torch", "jax"):
                    asked = request("passes", sizes, cell=cell, precision=precision,
                                    repeats=20 if sizes == PASSES[0] else 3)
                    mine, other = in_turn(asked, peer, 3)
                    yield Row(f"{cell.upper()} forward and backward", sizes, precision, 1, mine.median,
                              peer, other.median)


def goldens():
    """The goldens of a formulation's stored cases, all gradients among them, beside mpmath.

    Theirs are computed at once at the precision at which ours decide, which ours have to find. mpmath has no
    backpropagation: by itself it differentiates numerically, one scalar after the other, of which some are timed.
    It computes on one thread, whatever there is.
    """
    for cell in GOLDENS:
        found = ours(Request("goldens", cell=cell, repeats=1)).figures
        bits = {name.removeprefix("bits of "): int(figure)
                for name, figure in found.items() if name.startswith("bits of ")}
        for peer, name in MPMATH.items():
            for threads in (1, 2):
                asked = Request("goldens", cell=cell, threads=threads, repeats=20, bits=bits)
                mine, other = in_turn(asked, peer, 1)
                figures = {"cases": len(bits), "numbers": int(found["numbers"]), **other.figures}
                yield Row(f"{cell.upper()} goldens with gradients, {len(bits)} cases", (), precision_of(bits),
                          threads, mine.median, named(name, figures), other.median, figures=figures)


def named(peer, figures):
    """The peer, and of how many scalars its time is extrapolated."""
    timed = figures.get("timed scalars")
    return f"{peer}, extrapolated from {timed} of {figures['scalars']}" if timed else peer


def precision_of(bits):
    least, most = min(bits.values()), max(bits.values())
    return f"{least} bits" if least == most else f"{least}–{most} bits"
