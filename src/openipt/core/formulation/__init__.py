"""How what was found out becomes a paragraph in plain words, to be edited by people."""

from .draft import Known, draft
from .loading import load_sentences

__all__ = ["Known", "draft", "load_sentences"]
