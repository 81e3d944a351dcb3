"""What can go wrong with sealed text. None of these ever carries the text itself."""


class VaultError(Exception):
    """Sealed text could not be written or read; nothing was shown instead."""


class VaultKeyMissing(VaultError):
    """A key that is needed is not there; the message says which, and what to do."""


class VaultBroken(VaultError):
    """What is stored is not what was sealed here: changed, moved, or never sealed."""
