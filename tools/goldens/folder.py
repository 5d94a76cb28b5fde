"""Which formulations a folder of fixtures claims to hold."""

import json

from .fixture import CannotRun


def file_of(identifier, folder):
    return folder / (identifier.replace("/", ".") + ".h5")


def identifiers_in(folder):
    """Those that the manifest lists; where there is no manifest, those of all files."""
    manifest = folder / "manifest.json"
    if manifest.exists():
        identifiers = listed(manifest)
    else:
        identifiers = sorted(path.stem.replace(".", "/") for path in folder.glob("*.h5"))
    if not identifiers:
        raise CannotRun(f"there are no fixtures in {folder}")
    return identifiers


def listed(manifest):
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
        kind = content["format"], content["version"]
        identifiers = [entry["formulation"] for entry in content["files"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CannotRun(f"{manifest} is not a manifest: {error!r}") from error
    if kind != ("rnncheck-manifest", 1):
        raise CannotRun(f"{manifest} is {kind[0]!r} version {kind[1]!r}, not 'rnncheck-manifest' 1")
    if not all(isinstance(identifier, str) for identifier in identifiers):
        raise CannotRun(f"{manifest} names a formulation that is not a text")
    return identifiers
