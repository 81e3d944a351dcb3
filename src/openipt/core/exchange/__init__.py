"""What may be answered to somebody who asks for erasure."""

from .grounds import Ground, load_grounds

__all__ = ["Ground", "load_grounds"]
