"""Keeping the record: copies, bringing one back, and the proof that a copy can be used.

A copy is two things kept apart: the record, in which everything typed is sealed, and the
keyring, the wrapped data keys. Neither holds the key files that open the keyring.
"""
