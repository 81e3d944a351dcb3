"""What a person does with a questionnaire."""

from .answering import answer_page, choose, choose_all, finish, start_answering

__all__ = ["answer_page", "choose", "choose_all", "finish", "start_answering"]
