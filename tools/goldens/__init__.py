"""An independent recomputation of the goldens: nothing here comes from the Swift sources.

arithmetic    vectors of intervals of any precision
rounding      an interval's float64, where it has exactly one
formulations  the documents' equations, one function each
frameworks    the same of the frameworks' documentation
formulation   what is written down of one of them
course        the values of one sequence, from those of a step
past          what a step reads of the steps before it
composition   copies of a cell in both directions and in layers
shapes        the shapes of tensors, from the sizes of a case
folder        which formulations a folder of fixtures claims to hold
fixture       reads the cases of a fixture file
recomputation compares the cases with the equations
command       the command line
self_test     what shows that all of this can fail, and the made-up fixtures that it fails on
"""
