"""Wrong recurrent cells, one change each, against public test suites.

`equations` has the operators as the ONNX specification states them, `execution` runs them in NumPy, `mutants`
changes them, `node_tests` reads the suite and `command` counts.
"""
