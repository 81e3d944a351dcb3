"""Sealed text: what people write is unreadable without their own key.

Modules: `fields` for models, `keys` for key files and data keys, `sealing` for values
outside a model, `errors` for what can go wrong.
"""

from .errors import VaultBroken, VaultError, VaultKeyMissing
from .keys import open_system, seal_system
from .sealing import blind_index, open_value

__all__ = [
    "VaultBroken",
    "VaultError",
    "VaultKeyMissing",
    "blind_index",
    "open_system",
    "open_value",
    "seal_system",
]
