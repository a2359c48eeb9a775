"""Models: which there are, where they come from, and the proof that they are the published ones.

entries.py   what models/registry.toml says
places.py    the cache, the user's own folders, the hub's address
hub.py, index.py   fetch files; both carry on where an earlier run stopped
verify.py    SHA-256 of every file
pull.py      all of that together: ensure(), pull(), verify()
whisper.py   what --model means
"""

from align.registry.locations import ModelLocations, cache_folder, places_from
from align.registry.manifest import ModelFile, RegisteredModel, find, load_registry, models_folder
from align.registry.pull import State, ensure, missing, pull, state_of, verify
from align.registry.whisper_models import whisper_folder

__all__ = [
    "ModelFile",
    "ModelLocations",
    "RegisteredModel",
    "State",
    "cache_folder",
    "ensure",
    "find",
    "load_registry",
    "missing",
    "models_folder",
    "places_from",
    "pull",
    "state_of",
    "verify",
    "whisper_folder",
]
