"""Shows that the recomputation is right where the answer is known, and that it finds errors."""

import unittest

from . import arithmetic, compositions, equations, fixtures


def run():
    """The exit code of all tests."""
    loader = unittest.defaultTestLoader
    modules = (arithmetic, equations, compositions, fixtures)
    suite = unittest.TestSuite(loader.loadTestsFromModule(module) for module in modules)
    return 0 if unittest.TextTestRunner(verbosity=1).run(suite).wasSuccessful() else 1
