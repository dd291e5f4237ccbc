"""Django over a million orders: its admin for pages, its REST framework for programs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.test import Client
from sqlalchemy import make_url

from benchmarks.peers.django_shop import database_of
from benchmarks.peers.served import SECRET
from benchmarks.peers.visiting import done, listed, made, memory_after
from benchmarks.processes import answer
from benchmarks.records import Known
from benchmarks.statements import Figures, measured

TABLES = "benchmarks.peers.django_order_tables"
PERSON = "django"
_SHOP = "benchmarks.peers.django_order_app.Shop"
_APPS = ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")
_BETWEEN = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
)
_TOLD = (
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
)


class Orders:
    """Django, in a process of its own."""

    client: Client
    known: Known
    tables: Any

    def open(self, *, url: str, known: Known) -> None:
        """Set Django up, with tables of its own for people, and let somebody sign in."""
        set_up(url, SECRET)
        call_command("migrate", verbosity=0)
        self.tables, self.known = import_module(TABLES), known
        people = import_module("django.contrib.auth").get_user_model()
        person = people.objects.filter(username=PERSON).first()
        self.client = Client()
        self.client.force_login(person or people.objects.create_superuser(PERSON))

    def cookie(self) -> str:
        """Return the cookie of who has signed in."""
        return f"sessionid={self.client.cookies['sessionid'].value}"

    def list_by_api(self, *, page: int = 0) -> dict[str, Any]:
        """Get a page of the newest orders through the REST framework."""
        return self._listed(f"/api/orders/?page={page + 1}")

    list_on = list_by_api  # it knows pages by their number only

    def list_as_page(self, *, page: int = 0) -> dict[str, Any]:
        """Get the first page of orders in the admin."""
        return self._listed(f"/admin/shop/order/?p={page + 1}")

    def of_customer(self, *, customer: int) -> dict[str, Any]:
        """Get the newest orders of one customer."""
        return self._listed(f"/api/orders/?customer={customer}")

    def number_contains(self, *, part: str) -> dict[str, Any]:
        """Get the newest orders whose number contains something."""
        return self._listed(f"/api/orders/?search={part}")

    def name_contains(self, *, part: str) -> dict[str, Any]:
        """Get the newest orders in whose customer's name something occurs."""
        return self._listed(f"/api/orders/?name={part}")

    def open_by_api(self) -> dict[str, Any]:
        """Get one order with twenty lines."""
        where = f"/api/orders/{self.known['long']}/"
        return done(lambda: self.client.get(where), measured=counted)

    def open_as_page(self) -> dict[str, Any]:
        """Get the same order in the admin."""
        where = f"/admin/shop/order/{self.known['long']}/change/"
        return done(lambda: self.client.get(where), measured=counted)

    def make_order(self) -> dict[str, Any]:
        """Make an order with its lines."""
        return made(lambda: [self._made()], measured=counted)

    def confirm(self) -> dict[str, Any]:
        """Confirm an order."""
        ident = self._made().json()["id"]
        return done(lambda: self.client.post(f"/api/orders/{ident}/confirm/"), measured=counted)

    def by_month(self) -> dict[str, Any]:
        """Sum sales by month and person over all orders."""
        closed = self.tables.Order.objects.filter(state="closed")
        month = models.functions.TruncMonth("ordered_on")
        sums = {"revenue": models.Sum("untaxed"), "orders": models.Count("id")}
        asked = closed.values("salesperson", month=month).annotate(**sums)
        _rows, figures = counted(lambda: list(asked))
        return dict(figures)

    def memory(self, *, times: int) -> float:
        """Return how many MB the process holds after so many pages."""
        return memory_after(self.list_by_api, times=times)

    def _listed(self, where: str) -> dict[str, Any]:
        return listed(lambda: self.client.get(where), measured=counted)

    def _made(self) -> Any:
        lines = [{"product": one, "quantity": "2"} for one in self.known["products"]]
        order = {"customer": self.known["customer"], "lines": lines, "ordered_on": "2026-03-02"}
        return self.client.post("/api/orders/", order, content_type="application/json")


def counted(work: Callable[[], Any]) -> tuple[Any, Figures]:
    """Do some work; return what it returns and what it cost, with Django's statements."""
    statements = 0

    def hear(execute: Any, *told: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*told)

    with connection.execute_wrapper(hear):
        result, figures = measured(work)
    return result, {**figures, "statements": float(statements)}


def set_up(url: str, secret: str) -> None:
    """Set Django up as its documentation says, without debugging."""
    templates = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": list(_TOLD)},
    }
    settings.configure(
        SECRET_KEY=secret,
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": {**database_of(make_url(url)), "CONN_MAX_AGE": None}},
        INSTALLED_APPS=[*(f"django.contrib.{name}" for name in _APPS), "rest_framework", _SHOP],
        MIDDLEWARE=list(_BETWEEN),
        ROOT_URLCONF=TABLES,
        TEMPLATES=[templates],
        STATIC_URL="static/",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        REST_FRAMEWORK={
            "DEFAULT_AUTHENTICATION_CLASSES": [
                "rest_framework.authentication.SessionAuthentication"
            ],
            "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        },
    )
    django.setup()


def served(url: str, _company: int, secret: str) -> Any:
    """Make the application, to be served."""
    set_up(url, secret)
    return get_wsgi_application()


if __name__ == "__main__":
    answer(Orders())
