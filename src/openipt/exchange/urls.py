"""Addresses of my data, and of requests for erasure."""

from openipt.web.routing import path

from .views import erasure, my_data

app_name = "exchange"

urlpatterns = [
    path("my/data/", my_data.my_data, "my-data"),
    path("my/data/page/", my_data.record_page, "record-page"),
    path("my/data/json/", my_data.record_data, "record-data"),
    path("my/data/erasure/", my_data.ask_for_erasure, "ask-for-erasure"),
    path("my/data/erasure/back/", my_data.take_back, "take-back"),
    path("erasure/", erasure.requests, "requests"),
    path("erasure/<uuid:erasure>/", erasure.erasure, "erasure"),
    path("erasure/<uuid:erasure>/decide/", erasure.decide, "decide"),
]
