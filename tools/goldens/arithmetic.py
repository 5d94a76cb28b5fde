"""Vectors and matrices of intervals: every result encloses the exact value.

An interval is mpmath's pair of ends. Each operation rounds the lower end down and the upper end up,
to the precision in bits that its operands carry.
"""

from mpmath.libmp import from_float, from_int, fzero, mpf_sign
from mpmath.libmp.libmpi import mpi_add, mpi_div, mpi_exp, mpi_mul, mpi_sub


def exactly(number):
    """The interval that holds one float, of any width, and nothing else."""
    end = from_float(float(number))
    return end, end


ZERO, ONE, TWO = ((from_int(n), from_int(n)) for n in range(3))


class Vector:
    """A column of intervals; `*` is the element-wise product that the documents print as ⊙."""

    def __init__(self, elements, bits):
        self.elements = elements
        self.bits = bits

    def each(self, function):
        return Vector([function(element) for element in self.elements], self.bits)

    def paired(self, other, function):
        if len(self.elements) != len(other.elements):
            raise ValueError(f"lengths {len(self.elements)} and {len(other.elements)} do not match")
        pairs = zip(self.elements, other.elements)
        return Vector([function(left, right, self.bits) for left, right in pairs], self.bits)

    def __add__(self, other):
        return self.paired(other, mpi_add)

    def __mul__(self, other):
        return self.paired(other, mpi_mul)

    def blocks(self, count):
        """Its consecutive parts of equal length."""
        length, rest = divmod(len(self.elements), count)
        if rest:
            raise ValueError(f"{len(self.elements)} elements are not {count} equal blocks")
        starts = range(0, len(self.elements), length or 1)
        return [Vector(self.elements[start : start + length], self.bits) for start in starts]

    def __rsub__(self, one):
        """1 - v, the only difference in the documents."""
        constant = exactly(one)
        return self.each(lambda element: mpi_sub(constant, element, self.bits))

    def sigma(self):
        """σ(x) = 1 / (1 + exp(-x)); x stands once, so that the interval stays narrow."""
        bits = self.bits

        def element(x):
            return mpi_div(ONE, mpi_add(ONE, mpi_exp(mpi_sub(ZERO, x, bits), bits), bits), bits)

        return self.each(element)

    def tanh(self):
        """tanh(x) = 1 - 2 / (exp(2x) + 1); what cancels near 0 is regained by more bits."""
        bits = self.bits

        def element(x):
            exponential = mpi_exp(mpi_mul(TWO, x, bits), bits)
            return mpi_sub(ONE, mpi_div(TWO, mpi_add(exponential, ONE, bits), bits), bits)

        return self.each(element)


class Matrix:
    """Rows of intervals, applied to a vector with `@`."""

    def __init__(self, rows, bits):
        self.rows = rows
        self.bits = bits

    def __matmul__(self, vector):
        return Vector([self.dot(row, vector.elements) for row in self.rows], self.bits)

    def dot(self, row, elements):
        if len(row) != len(elements):
            raise ValueError(f"a row of {len(row)} does not apply to a vector of {len(elements)}")
        total = ZERO
        for weight, element in zip(row, elements):
            total = mpi_add(total, mpi_mul(weight, element, self.bits), self.bits)
        return total


def sigma(vector):
    """σ of each element."""
    return vector.sigma()


def tanh(vector):
    """tanh of each element."""
    return vector.tanh()


def relu(vector):
    """max(x, 0), of each end; around 0 the interval stays wide, which asks for more bits."""
    return vector.each(lambda x: tuple(end if mpf_sign(end) > 0 else fzero for end in x))


def softmax(vector):
    """exp(x_i) / Σ_j exp(x_j) = 1 / (1 + Σ_{j≠i} exp(x_j - x_i)), in (0, 1] at any size of x."""
    bits = vector.bits

    def element(i):
        total = ONE
        for j, x in enumerate(vector.elements):
            if j != i:
                difference = mpi_sub(x, vector.elements[i], bits)
                total = mpi_add(total, mpi_exp(difference, bits), bits)
        return mpi_div(ONE, total, bits)

    return Vector([element(i) for i in range(len(vector.elements))], bits)


def stacked(upper, lower):
    """The column (upper; lower)."""
    return Vector(upper.elements + lower.elements, upper.bits)
