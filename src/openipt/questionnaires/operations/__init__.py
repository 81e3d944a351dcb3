"""What a person does with a questionnaire."""

from .answering import choose, choose_all, finish, start_answering

__all__ = ["choose", "choose_all", "finish", "start_answering"]
