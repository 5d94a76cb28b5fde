"""The table of tools/frameworks: which framework computes which formulation, and how accurately.

subjects     the adapters, and what each says it computes
environment  the virtual environment, and what is installed and compiled in it
answering    exported requests, answered by the adapters
worker       the process in which the adapters in Python run
measurement  graded answers, as rows of the table
table        the rows as text
command      the command line
"""
