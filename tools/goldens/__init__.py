"""An independent recomputation of the goldens: nothing here comes from the Swift sources.

arithmetic    vectors of intervals of any precision
rounding      an interval's float64, where it has exactly one
formulations  the documents' equations, one function each
fixture       reads the cases of a fixture file
recomputation compares the cases with the equations
command       the command line
self_test     what shows that all of this can fail
made_up       the cases and fixtures that it fails on
"""
