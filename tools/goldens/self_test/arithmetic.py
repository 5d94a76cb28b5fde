"""Intervals enclose the true values, and their rounding is decided rightly."""

import math
import random
import unittest
from fractions import Fraction
from unittest import mock

import mpmath

from .. import recomputation
from ..arithmetic import Matrix, Vector, exactly, relu, sigma, softmax, stacked, tanh
from ..fixture import CannotRun
from ..formulations import FORMULATIONS
from ..recomputation import recompute
from ..rounding import decided_float64, nearest_float64
from .made_up import made_up_case


class Rounding(unittest.TestCase):
    def check(self, significand, exponent):
        exact = Fraction(significand) * Fraction(2) ** exponent
        try:
            expected = float(exact)
        except OverflowError:
            expected = math.inf
        self.assertEqual(nearest_float64(0, significand, exponent), expected)
        self.assertEqual(nearest_float64(1, significand, exponent), -expected)

    def test_agrees_with_python_on_every_magnitude(self):
        draw = random.Random(1)
        for _ in range(20_000):
            significand = draw.getrandbits(draw.randint(1, 200))
            self.check(significand, draw.randint(-1300, 1050))

    def test_decides_ties_to_even(self):
        for last_place in (-1200, -1075, -1074, -1022, -53, 0, 900):
            for kept in (0, 1, 2, 3, 2**52 - 1, 2**52, 2**53 - 2, 2**53 - 1):
                for above in (-1, 0, 1):
                    self.check((2 * kept + 1) * 2**80 + above, last_place - 81)

    def test_zero_is_positive(self):
        for significand, exponent in ((0, 0), (1, -1075), (1, -(10**30))):
            self.assertEqual(math.copysign(1, nearest_float64(1, significand, exponent)), 1)

    def test_is_undecided_across_a_tie(self):
        below, above = (exactly(1 + k * 2.0**-52)[0] for k in (0, 1))
        self.assertEqual(decided_float64((below, below)), 1)
        self.assertIsNone(decided_float64((below, above)))


class Arithmetic(unittest.TestCase):
    def test_activations_enclose_the_true_value(self):
        draw = random.Random(2)
        points = [draw.uniform(-4, 4) for _ in range(50)]
        points += [sign * 2.0**k for sign in (1, -1) for k in (-1074, -300, -60, 5, 10, 20)]
        for x in points:
            with mpmath.workprec(4000):
                truths = {sigma: 1 / (1 + mpmath.exp(-mpmath.mpf(x))), tanh: mpmath.tanh(x)}
            for function, truth in truths.items():
                ((lower, upper),) = function(Vector([exactly(x)], 2400)).elements
                with self.subTest(function=function.__name__, x=x), mpmath.workprec(4000):
                    self.assertLessEqual(mpmath.mpf(lower), truth)
                    self.assertLessEqual(truth, mpmath.mpf(upper))
                    self.assertIsNotNone(decided_float64((lower, upper)))

    def test_activations_of_zero_are_exact(self):
        zero = Vector([exactly(0)], 64)
        self.assertEqual(sigma(zero).elements, [exactly(0.5)])
        self.assertEqual(tanh(zero).elements, [exactly(0)])

    def test_relu_keeps_what_is_positive(self):
        for x, expected in ((-3.5, 0), (0, 0), (2.25, 2.25)):
            self.assertEqual(relu(Vector([exactly(x)], 64)).elements, [exactly(expected)])

    def test_relu_around_zero_is_undecided_unless_it_vanishes(self):
        for least, decided in ((1.0, None), (5e-324, None), (0.0, 0.0)):
            (lower, _), (_, upper) = exactly(-1), exactly(least)
            (interval,) = relu(Vector([(lower, upper)], 64)).elements
            self.assertEqual(decided_float64(interval), decided)

    def test_softmax_encloses_the_true_value(self):
        for values in ([0.5], [1, -2, 0.25], [1000, -1000, 1000.5], [-800, 0], [2.0**-60, 0]):
            with mpmath.workprec(4000):
                exponentials = [mpmath.exp(mpmath.mpf(x)) for x in values]
                truths = [exponential / sum(exponentials) for exponential in exponentials]
            intervals = softmax(Vector([exactly(x) for x in values], 2400)).elements
            self.assertEqual(len(intervals), len(values))
            for (lower, upper), truth in zip(intervals, truths):
                with self.subTest(values=values), mpmath.workprec(4000):
                    self.assertLessEqual(mpmath.mpf(lower), truth)
                    self.assertLessEqual(truth, mpmath.mpf(upper))
                    self.assertIsNotNone(decided_float64((lower, upper)))

    def test_softmax_of_one_value_is_one_and_of_equal_ones_exact(self):
        for count in (1, 2, 4):
            equal = softmax(Vector([exactly(0.375)] * count, 64))
            self.assertEqual(equal.elements, [exactly(1 / count)] * count)

    def test_blocks_undo_stacking(self):
        upper, lower = (Vector([exactly(k) for k in ends], 64) for ends in ((1, 2), (3, 4)))
        blocks = stacked(upper, lower).blocks(2)
        self.assertEqual([block.elements for block in blocks], [upper.elements, lower.elements])
        with self.assertRaises(ValueError):
            stacked(upper, lower).blocks(3)

    def test_a_row_of_a_matrix_makes_an_element(self):
        matrix = Matrix([[exactly(k) for k in row] for row in ((1, 2, 3), (4, 5, 6))], 64)
        product = matrix @ Vector([exactly(k) for k in (1, 10, 100)], 64)
        self.assertEqual(product.elements, [exactly(321), exactly(654)])

    def test_lengths_must_match(self):
        two, three = (Vector([exactly(1)] * length, 64) for length in (2, 3))
        with self.assertRaises(ValueError):
            two + three
        with self.assertRaises(ValueError):
            Matrix([two.elements], 64) @ three


class Precision(unittest.TestCase):
    """tanh of 2^-600 cancels all of the first 600 bits."""

    formulation = FORMULATIONS["donahue-lstm"]
    case = made_up_case(formulation, steps=1, batch=1, parameter=lambda: 2.0**-600)

    def candidates(self):
        goldens = recompute(self.formulation, self.case)
        return [golden.recomputed for golden in goldens if golden.signal == "g"]

    def test_rises_until_the_rounding_is_decided(self):
        x, h = self.case.inputs[0][0], self.case.initial["h"][0]
        # The sum is exact, and tanh(y) lies closer to a tiny y than half of its last place.
        self.assertEqual(self.candidates(), [(sum(x) + sum(h) + 1) * 2.0**-600] * 2)

    def test_rises_until_relu_is_decided(self):
        """1 + 2^-600 - 1 is lost among 256 bits, and 1 - 1 is zero at any precision."""
        formulation = FORMULATIONS["elman-relu"]
        case = made_up_case(formulation, steps=1, batch=1, parameter=float)
        case.parameters["U"] = [[1.0, 2.0**-600, -1.0], [1.0, 0.0, -1.0]]
        case.inputs[0][0] = [1.0, 1.0, 1.0]
        goldens = recompute(formulation, case)
        states = [golden.recomputed for golden in goldens if golden.signal == "s"]
        self.assertEqual(states, [2.0**-600, 0.0] * 2)

    def test_ends(self):
        cap = mock.patch.object(recomputation, "MOST_BITS", recomputation.LEAST_BITS)
        with cap, self.assertRaisesRegex(CannotRun, "ragged: g is undecided at 256 bits"):
            self.candidates()
