"""The table of tools/bench: ours and theirs in turn on the same sizes, and both beside the machine.

environment        the virtual environment with the peers, and our own program, built
measuring          one measurement of a program: a request as JSON, its answer, its memory
peers              the program that measures PyTorch, JAX and mpmath
mpmath_goldens     the goldens of a formulation's stored cases by mpmath
mpmath_arithmetic  its numbers without bounds of their errors; those with bounds are in tools/goldens
backpropagation    gradients over vectors of either
rows               what is measured, and against what
scaling            slopes of the cost against the sizes
table              the rows as text
command            the command line
"""
