"""Gradients by backpropagation over any vectors: what was computed is gone through from its end to its start."""


class Tape:
    """What was computed, in order: for each result, how its gradient goes on to what it was computed from."""

    def __init__(self):
        self._steps = []

    def record(self, value, pass_on):
        """The result of an operation; its gradient, once there is one, is given to `pass_on`."""
        result = Variable(value, self)
        self._steps.append((result, pass_on))
        return result

    def run(self):
        for result, pass_on in reversed(self._steps):
            if result.gradient is not None:
                pass_on(result.gradient)


class Variable:
    """A vector and the gradient that has arrived at it, None for zero."""

    def __init__(self, value, tape):
        self.value = value
        self.gradient = None
        self._tape = tape

    def receive(self, gradient):
        self.gradient = gradient if self.gradient is None else self.gradient + gradient

    def __add__(self, other):
        def pass_on(gradient):
            self.receive(gradient)
            other.receive(gradient)

        return self._tape.record(self.value + other.value, pass_on)

    def __mul__(self, other):
        def pass_on(gradient):
            self.receive(gradient * other.value)
            other.receive(gradient * self.value)

        return self._tape.record(self.value * other.value, pass_on)

    def __rsub__(self, one):
        return self._tape.record(one - self.value, lambda gradient: self.receive(0 - gradient))

    def sigma(self):
        value = self.value.sigma()
        return self._tape.record(value, lambda gradient: self.receive(gradient * (value * (1 - value))))

    def tanh(self):
        value = self.value.tanh()
        return self._tape.record(value, lambda gradient: self.receive(gradient * (1 - value * value)))


class Weights:
    """A matrix; its gradient is one product over all steps and sequences.

    The type of the matrices is that of `matrix`: made of rows and bits, and applied with `@`.
    """

    def __init__(self, matrix, tape):
        self._matrix = matrix
        self._transposed = type(matrix)(list(zip(*matrix.rows)), matrix.bits)
        self._tape = tape
        self._pairs = []

    def __matmul__(self, vector):
        def pass_on(gradient):
            vector.receive(self._transposed @ gradient)
            self._pairs.append((gradient.elements, vector.value.elements))

        return self._tape.record(self._matrix @ vector.value, pass_on)

    def gradient_rows(self, vector):
        """The rows of Σ g xᵀ, as vectors of that type; none where the gradient is zero."""
        if not self._pairs:
            return []
        gradients, operands = (zip(*side) for side in zip(*self._pairs))
        bits = self._matrix.bits
        operands = type(self._matrix)(list(operands), bits)
        return [operands @ vector(row, bits) for row in gradients]
