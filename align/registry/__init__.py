"""Find, fetch and verify models."""

from align.registry.hub_gguf import hub_gguf, is_on_hub, named_translators
from align.registry.locations import ModelLocations, cache_folder, locations_from
from align.registry.model_list import ModelFile, RegisteredModel, find, load_registry, models_folder
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
    "hub_gguf",
    "is_on_hub",
    "load_registry",
    "locations_from",
    "missing",
    "models_folder",
    "named_translators",
    "pull",
    "state_of",
    "verify",
    "whisper_folder",
]
