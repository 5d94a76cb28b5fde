"""Vectors and matrices of mpmath's numbers, rounded to nearest and without bounds of their errors.

They are used as those of intervals in goldens.arithmetic are, and have about half of their work.
"""

from mpmath.libmp import (
    fone, from_float, mpf_add, mpf_div, mpf_exp, mpf_mul, mpf_neg, mpf_sub, mpf_sum, mpf_tanh, round_nearest,
)


class RoundedVector:
    def __init__(self, elements, bits):
        self.elements = elements
        self.bits = bits

    def each(self, function):
        return RoundedVector([function(element) for element in self.elements], self.bits)

    def paired(self, other, function):
        bits = self.bits
        pairs = zip(self.elements, other.elements, strict=True)
        return RoundedVector([function(left, right, bits, round_nearest) for left, right in pairs], bits)

    def __add__(self, other):
        return self.paired(other, mpf_add)

    def __mul__(self, other):
        return self.paired(other, mpf_mul)

    def __rsub__(self, one):
        constant = from_float(float(one))
        return self.each(lambda element: mpf_sub(constant, element, self.bits, round_nearest))

    def sigma(self):
        bits = self.bits

        def element(x):
            denominator = mpf_add(fone, mpf_exp(mpf_neg(x), bits, round_nearest), bits, round_nearest)
            return mpf_div(fone, denominator, bits, round_nearest)

        return self.each(element)

    def tanh(self):
        return self.each(lambda x: mpf_tanh(x, self.bits, round_nearest))


class RoundedMatrix:
    def __init__(self, rows, bits):
        self.rows = rows
        self.bits = bits

    def __matmul__(self, vector):
        return RoundedVector([self.dot(row, vector.elements) for row in self.rows], self.bits)

    def dot(self, row, elements):
        """The products exactly, and their sum rounded once, as mpmath.fdot does."""
        return mpf_sum(map(mpf_mul, row, elements), self.bits, round_nearest)
