from django.apps import AppConfig


class LimitConfig(AppConfig):
    name = "tests.bench.limit"
    label = "limit"
