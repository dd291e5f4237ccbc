"""Our tables of orders as Django sees them, with its admin and its REST framework.

Loaded once Django is set up. Of companies, history and search it knows nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db import models, transaction
from django.urls import include, path
from django.utils import timezone
from rest_framework import filters, routers, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

from benchmarks.peers.visiting import PAGE_SIZE

COMPANY = 1


class Customer(models.Model):
    """A customer."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)

    class Meta:
        app_label, managed, db_table = "shop", False, "base_customer"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Employee(models.Model):
    """An employee."""

    name = models.CharField(max_length=200)

    class Meta:
        app_label, managed, db_table = "shop", False, "base_employee"

    def __str__(self) -> str:
        return str(self.name)


class Product(models.Model):
    """A product."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    list_price = models.DecimalField(max_digits=18, decimal_places=2)
    tax_rate = models.DecimalField(max_digits=7, decimal_places=4)

    class Meta:
        app_label, managed, db_table = "shop", False, "base_product"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Kept(models.Model):
    """What every row of a company has."""

    company_id = models.IntegerField(default=COMPANY, editable=False)
    version = models.IntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Order(Kept):
    """An order."""

    number = models.CharField(max_length=40)
    customer = models.ForeignKey(Customer, models.PROTECT)
    salesperson = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True)
    ordered_on = models.DateField()
    requested_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default="draft")
    untaxed = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    tax = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    total = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    paid = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    due = models.DecimalField(max_digits=18, decimal_places=2, default=0)

    class Meta:
        app_label, managed, db_table = "shop", False, "sales_order"

    def __str__(self) -> str:
        return str(self.number)


class Line(Kept):
    """A line of an order."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    position = models.IntegerField(default=0)
    product = models.ForeignKey(Product, models.PROTECT)
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    unit = models.CharField(max_length=40)
    unit_price = models.DecimalField(max_digits=18, decimal_places=2)
    discount = models.DecimalField(max_digits=7, decimal_places=4, default=0)
    tax_rate = models.DecimalField(max_digits=7, decimal_places=4)
    untaxed = models.DecimalField(max_digits=18, decimal_places=2)
    tax = models.DecimalField(max_digits=18, decimal_places=2)
    total = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        app_label, managed, db_table = "shop", False, "sales_order_line"


class LinesInside(admin.TabularInline):
    """The lines on the page of an order; products are looked up by id, not listed by thousands."""

    model = Line
    extra = 0
    raw_id_fields = ("product",)


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    """Orders in Django's admin."""

    list_display = (
        "number",
        "customer",
        "ordered_on",
        "requested_on",
        "state",
        "salesperson",
        "total",
    )
    list_select_related = ("customer", "salesperson")
    list_per_page = PAGE_SIZE
    search_fields = ("number",)
    ordering = ("-id",)
    raw_id_fields = ("customer", "salesperson")
    inlines = (LinesInside,)


class LineSerializer(serializers.ModelSerializer[Line]):
    """A line: product and quantity are said, the rest is worked out."""

    class Meta:
        model = Line
        exclude = ("order", "company_id", "version", "created_at", "changed_at")
        read_only_fields = (
            "position",
            "unit",
            "unit_price",
            "discount",
            "tax_rate",
            "untaxed",
            "tax",
            "total",
        )


class OrderInList(serializers.ModelSerializer[Order]):
    """An order as the list shows it."""

    customer = serializers.StringRelatedField()
    salesperson = serializers.StringRelatedField()

    class Meta:
        model = Order
        fields = ("id", *OrderAdmin.list_display)


class OrderSerializer(serializers.ModelSerializer[Order]):
    """An order with its lines."""

    lines = LineSerializer(many=True)

    class Meta:
        model = Order
        fields = "__all__"
        read_only_fields = ("number", "untaxed", "tax", "total", "paid", "due", "state")

    @transaction.atomic
    def create(self, validated_data: dict[str, Any]) -> Order:
        """Make an order, its number and its lines."""
        lines = [_worked_out(one) for one in validated_data.pop("lines")]
        sums: dict[str, Any] = {
            name: sum(line[name] for line in lines) for name in ("untaxed", "tax", "total")
        }
        last = Order.objects.filter(number__startswith="DJ-").count()
        order = Order.objects.create(
            **validated_data, **sums, due=sums["total"], number=f"DJ-{last + 1}"
        )
        Line.objects.bulk_create(
            Line(order=order, position=place, **one) for place, one in enumerate(lines)
        )
        return order


class Pages(PageNumberPagination):
    """Pages by their number, with an exact count, as the framework has them."""

    page_size = PAGE_SIZE


class OrderViews(viewsets.ModelViewSet[Order]):
    """Orders through the REST framework."""

    pagination_class = Pages
    filter_backends = (filters.SearchFilter,)
    search_fields = ("number",)

    def get_queryset(self) -> Any:
        """Return the newest orders first, of one customer or of some names if asked for."""
        orders = Order.objects.select_related("customer", "salesperson").order_by("-id")
        asked = self.request.query_params
        if "customer" in asked:
            orders = orders.filter(customer=asked["customer"])
        if "name" in asked:
            orders = orders.filter(customer__name__contains=asked["name"])
        return orders if self.action == "list" else orders.prefetch_related("lines__product")

    def get_serializer_class(self) -> Any:
        """Return what writes an order: shorter in a list."""
        return OrderInList if self.action == "list" else OrderSerializer

    @action(detail=True, methods=["post"])
    def confirm(self, _request: Any, pk: str) -> Response:
        """Confirm an order."""
        done = Order.objects.filter(pk=pk, state="draft").update(state="confirmed")
        return Response({"done": done})


def _worked_out(line: dict[str, Any]) -> dict[str, Any]:
    product, quantity = line["product"], line["quantity"]
    untaxed = (quantity * product.list_price).quantize(Decimal("0.01"))
    tax = (untaxed * product.tax_rate / 100).quantize(Decimal("0.01"))
    amounts = {"untaxed": untaxed, "tax": tax, "total": untaxed + tax}
    price = {"unit_price": product.list_price, "tax_rate": product.tax_rate}
    return {**line, **amounts, **price, "unit": product.unit}


_router = routers.DefaultRouter()
_router.register("orders", OrderViews, basename="order")
urlpatterns = [path("admin/", admin.site.urls), path("api/", include(_router.urls))]
