"""Wrong cells: every one-change version of the equations, and faults of the implementation around them."""

from dataclasses import dataclass, replace
from itertools import permutations
from typing import Callable, Optional

from .equations import OPERATORS, operator
from .execution import ACTIVATIONS, outputs

ERRORS = ("1e-3", "1e-4", "1e-5", "1e-6")


@dataclass(frozen=True)
class Mutant:
    """A wrong cell of an operator: changed equations, gates in another order, or a fault."""

    bug_class: str
    name: str
    change: Optional[Callable] = None
    fault: Optional[str] = None

    def outputs(self, kind, inputs, attributes):
        cell = operator(kind, attributes)
        if self.change:
            cell = self.change(cell)
            # A change of one reading of the equations may have no place in the other.
            if cell is None:
                cell = operator(kind, attributes)
        return outputs(cell, inputs, attributes, self.fault)


def right(kind):
    """The cell without a change."""
    return Mutant("", f"the right {kind}")


def mutants_of(kind):
    """Every mutant of an operator; of the GRU, those of both placements of the reset gate."""
    assert kind in OPERATORS
    found = {}
    for attributes in ({"linear_before_reset": 0}, {"linear_before_reset": 1}):
        cell = operator(kind, attributes)
        for mutant in [*gate_orders(cell), *tree_mutants(cell)]:
            found.setdefault(mutant.name, mutant)
    for mutant in implementation_mutants(operator(kind, {})):
        found.setdefault(mutant.name, mutant)
    return list(found.values())


# Gates


def gate_orders(cell):
    """All gates in every other order."""
    for order in permutations(cell.gates):
        gates = "".join(order)
        if gates != cell.gates:
            yield Mutant(
                "GATE_ORDER", f"gates {gates} for {cell.gates}", lambda c, g=gates: replace(c, gates=g)
            )


# Trees


def tree_mutants(cell):
    for index, (signal, tree) in enumerate(cell.equations):
        for bug_class, name, changed in changes(tree, cell):
            yield Mutant(
                bug_class,
                f"{signal}: {name}",
                lambda c, i=index, old=tree, new=changed: with_equation(c, i, old, new),
            )


def with_equation(cell, index, old, new):
    """The cell with an equation replaced; none where it has another equation there."""
    signal, tree = cell.equations[index]
    if tree != old:
        return None
    equations = list(cell.equations)
    equations[index] = (signal, new)
    return replace(cell, equations=tuple(equations))


def changes(tree, cell):
    """Every tree that differs from the given one in one place: its bug class, a name and the tree."""
    yield from changes_here(tree, cell)
    for place, part in enumerate(tree):
        if isinstance(part, tuple):
            for bug_class, name, changed in changes(part, cell):
                yield bug_class, name, tree[:place] + (changed,) + tree[place + 1 :]


def changes_here(tree, cell):
    kind = tree[0]
    if kind == "sum":
        for place in range(1, len(tree)):
            term = tree[place]
            bug_class = "BIAS" if term[0] == "vector" else "GRADIENT_TERM"
            bug_class = "PEEPHOLE" if is_peephole(term) else bug_class
            rest = tree[:place] + tree[place + 1 :]
            yield bug_class, f"{text(term)} dropped", rest if len(rest) > 2 else rest[1]
            yield bug_class, f"{text(term)} doubled", tree + (term,)
            negated = tree[:place] + (("negation", term),) + tree[place + 1 :]
            yield bug_class, f"{text(term)} negated", negated
    elif kind == "product":
        yield from product_changes(tree)
    elif kind == "one_minus":
        yield "Z_POLARITY", f"{text(tree[1])} for {text(tree)}", tree[1]
    elif kind == "activation":
        for other in ACTIVATIONS:
            if other != tree[1]:
                yield "ACTIVATION", f"{other} for {tree[1]}", ("activation", other, tree[2])
    elif kind == "matrix":
        yield from shared(tree, cell.gates)
        if tree[1] == "R":
            yield "TRANSPOSE", f"{text(tree)} transposed", ("transposed",) + tree[1:]
        if tree[3][0] == "product":
            factor, vector = tree[3][1:]
            moved = ("product", factor, ("matrix", *tree[1:3], vector))
            yield "RESET_PLACEMENT", f"{text(factor)} after {tree[1]}_{tree[2]}", moved
    elif kind == "vector":
        yield from shared(tree, cell.peepholes if tree[1] == "P" else cell.gates)
    elif kind == "read":
        yield from read_changes(tree, cell)


def product_changes(tree):
    for kept, dropped in (tree[1:], tree[:0:-1]):
        yield "GRADIENT_TERM", f"{text(dropped)} dropped from {text(tree)}", kept
    first, second = tree[1:]
    if first[0] == "read" and first[2] == 0:
        other = ("product", ("one_minus", first), second)
        yield "Z_POLARITY", f"1 − {text(first)} for {text(first)} in {text(tree)}", other
    if second[0] == "sum" and second[1][0] == "matrix":
        _, matrix, gate, vector = second[1]
        moved = ("sum", ("matrix", matrix, gate, ("product", first, vector)), *second[2:])
        yield "RESET_PLACEMENT", f"{text(first)} before {matrix}_{gate}", moved


def shared(tree, gates):
    """The parameter of another gate in the place of this one's."""
    for other in gates:
        if other != tree[2]:
            name = f"{tree[1]}_{other} for {tree[1]}_{tree[2]}"
            yield "GATE_ORDER", name, tree[:2] + (other,) + tree[3:]


def read_changes(tree, cell):
    signal, back = tree[1:]
    if back > 0:
        yield "RECURRENCE", f"{signal} of two steps before", ("read", signal, 2)
    elif signal in cell.states:
        yield "RECURRENCE", f"{signal} of the step before", ("read", signal, 1)


def is_peephole(tree):
    return tree[0] == "product" and tree[1][0] == "vector"


def text(tree):
    """A tree in short."""
    kind = tree[0]
    if kind == "read":
        return tree[1] if tree[2] == 0 else f"{tree[1]}[t−{tree[2]}]"
    if kind in ("matrix", "transposed"):
        return f"{tree[1]}_{tree[2]} {text(tree[3])}"
    if kind == "vector":
        return f"{tree[1]}_{tree[2]}"
    if kind == "activation":
        return f"{tree[1]}({text(tree[2])})"
    if kind == "one_minus":
        return f"(1 − {text(tree[1])})"
    if kind == "negation":
        return f"−{text(tree[1])}"
    joint = " ⊙ " if kind == "product" else " + "
    return "(" + joint.join(text(part) for part in tree[1:]) + ")"


# Implementations


def implementation_mutants(cell):
    faults = [
        ("DIRECTION", "steps in reverse"),
        ("DIRECTION", "direction ignored"),
        ("DIRECTION", "directions exchanged"),
        ("DIRECTION", "outputs not reversed back"),
        ("DIRECTION", "weights of the first direction for both"),
        ("DIRECTION", "outputs one step late"),
        ("DIRECTION", "final state of the step before"),
        ("DIRECTION", "final state of the first step"),
        ("BATCH", "first sequence for all"),
        ("BATCH", "sequences in reverse"),
        ("LENGTHS", "lengths ignored"),
        ("LENGTHS", "padding not zero"),
        ("LENGTHS", "padding reversed with the sequence"),
        ("LAYOUT", "batchwise layout taken for the other"),
        ("BIAS", "biases ignored"),
        ("BIAS", "recurrent bias ignored"),
        ("BIAS", "halves of the bias exchanged"),
        ("CLIP", "states clipped at 1"),
        ("CLIP", "states clipped at 0.5"),
        ("OVERFLOW", "NaN swallowed"),
        ("PRECISION", "float16 inside"),
    ]
    faults += [("PRECISION", f"activations off by {error}") for error in ERRORS]
    for state in cell.states:
        faults.append(("RECURRENCE", f"{state} not carried"))
        faults.append(("INITIAL_STATE", f"initial {state} ignored"))
    if cell.peepholes:
        faults.append(("PEEPHOLE", "peepholes ignored"))
    for bug_class, fault in faults:
        yield Mutant(bug_class, fault, fault=fault)
