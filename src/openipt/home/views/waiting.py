"""The line that says how many alerts wait for somebody; a number, nothing about anybody."""

from django.http import HttpResponse
from django.shortcuts import render

from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def waiting(request: Request) -> HttpResponse:
    return render(request, "web/shell/waiting.html")
