"""The app that Django wants its models to belong to."""

from __future__ import annotations

from django.apps import AppConfig


class Shop(AppConfig):
    """An app of tables that are there."""

    name = "benchmarks.peers"
    label = "shop"
    default_auto_field = "django.db.models.BigAutoField"
