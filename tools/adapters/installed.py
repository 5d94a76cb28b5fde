"""Finds a Python that has the packages which an adapter needs."""

import importlib.util
import os
import sys
from pathlib import Path

ENVIRONMENT = Path(__file__).resolve().parents[2] / ".build" / "frameworks"


def require(*packages):
    """Goes on in the Python that tools/frameworks has prepared where this one lacks a package."""
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if not missing:
        return
    python = ENVIRONMENT / "bin" / "python3"
    if python.exists() and Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
        os.execv(python, [str(python), *sys.argv])
    sys.exit(f"there is no Python package {', '.join(missing)} here:"
             " 'tools/frameworks --install' makes an environment that has them all")
