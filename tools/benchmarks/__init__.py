"""The table of tools/bench: ours and theirs in turn on the same sizes, and both beside the machine.

environment  the virtual environment with the peers, and our own program, built
measuring    one measurement of a program: a request as JSON, its answer, its memory
peers        the program that measures PyTorch and JAX
rows         what is measured, and against what
scaling      slopes of the cost against the sizes
table        the rows as text
command      the command line
"""
