"""Names the rules by which this version decides, so that a decision can be traced later."""

from functools import cache
from hashlib import sha256

from player.routine.terms import SHIPPED


@cache
def rules_hash() -> str:
    """Return a hash of all files in `routines/screening`, with their names."""
    folder = SHIPPED / "screening"
    found = sha256()
    for file in sorted(folder.rglob("*.yaml")):
        whole = file.read_bytes()
        found.update(f"{file.relative_to(folder).as_posix()} {len(whole)}\n".encode())
        found.update(whole)
    return found.hexdigest()
