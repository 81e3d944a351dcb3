from django.apps import AppConfig


class Courses(AppConfig):
    name = "openipt.courses"
    label = "courses"
