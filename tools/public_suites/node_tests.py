"""The node tests of the ONNX backend: one operator each, inputs, outputs and tolerances."""

import importlib
from dataclasses import dataclass

import numpy as np
import onnx
from onnx.backend.test.case.node import _NodeTestCases

from .equations import OPERATORS


@dataclass(frozen=True)
class NodeTest:
    name: str
    kind: str
    attributes: dict
    inputs: dict
    # What the node gives, in its order; None where the test does not look.
    expected: tuple
    rtol: float
    atol: float

    def catches(self, mutant):
        """Whether the test fails for an implementation."""
        try:
            outputs = mutant.outputs(self.kind, self.inputs, self.attributes)
        except (ArithmeticError, IndexError, ValueError):
            return True
        for found, expected in zip(outputs, self.expected):
            if expected is None:
                continue
            if found.shape != expected.shape or found.dtype != expected.dtype:
                return True
            if not np.allclose(found, expected, rtol=self.rtol, atol=self.atol, equal_nan=True):
                return True
        return False


def node_tests():
    """Every test of an LSTM, GRU or RNN node that the installed package makes."""
    for kind in OPERATORS:
        # A module makes the tests of its operator when it is imported.
        importlib.import_module(f"onnx.backend.test.case.node.{kind.lower()}")
    tests = []
    for case in _NodeTestCases:
        nodes = case.model.graph.node
        if len(nodes) != 1 or nodes[0].op_type not in OPERATORS or nodes[0].domain:
            continue
        for given, expected in case.data_sets:
            tests.append(node_test(case, nodes[0], given, expected))
    return tests


# The inputs of the operators in their order; the last two of them an LSTM's alone.
INPUTS = ("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P")


def node_test(case, node, given, expected):
    given, expected = iter(given), iter(expected)
    return NodeTest(
        case.name,
        node.op_type,
        {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute},
        {place: next(given) for place, name in zip(INPUTS, node.input) if name},
        tuple(next(expected) if name else None for name in node.output),
        case.rtol,
        case.atol,
    )
