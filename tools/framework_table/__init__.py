"""The table of tools/frameworks: which framework computes which formulation, and how accurately.

subjects     the adapters, and what each says it computes
environment  the virtual environment, and what is installed and compiled in it
measurement  a run of rnncheck, as rows of the table
table        the rows as text
command      the command line
"""
