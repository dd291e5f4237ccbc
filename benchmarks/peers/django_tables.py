"""The shop's tables as Django has them, and how django-import-export fills them.

Loaded once Django is set up.
"""

from __future__ import annotations

from django.db import models
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import DateWidget, DecimalWidget, ForeignKeyWidget


class Customer(models.Model):
    """A customer."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=120)

    class Meta:
        app_label = "shop"


class Product(models.Model):
    """A product."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    price = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        app_label = "shop"


class Order(models.Model):
    """An order."""

    number = models.CharField(max_length=30, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT)
    ordered_on = models.DateField()

    class Meta:
        app_label = "shop"


class Line(models.Model):
    """A line of an order."""

    order = models.ForeignKey(Order, models.CASCADE)
    product = models.ForeignKey(Product, models.PROTECT)
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    price = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        app_label = "shop"


class Bulk:
    """What makes django-import-export fast."""

    use_bulk = True
    batch_size = 1000
    skip_diff = True
    skip_html_diff = True
    force_init_instance = True


class Customers(ModelResource):
    """Customers from rows."""

    class Meta(Bulk):
        model = Customer
        import_id_fields = ("code",)
        fields = ("code", "name")


class Products(ModelResource):
    """Products from rows."""

    price = Field("price", "price", DecimalWidget())

    class Meta(Bulk):
        model = Product
        import_id_fields = ("code",)
        fields = ("code", "name", "price")


class Orders(ModelResource):
    """Orders from rows."""

    customer = Field("customer", "customer", ForeignKeyWidget(Customer, "code"))
    ordered_on = Field("ordered_on", "ordered_on", DateWidget())

    class Meta(Bulk):
        model = Order
        import_id_fields = ("number",)
        fields = ("number", "customer", "ordered_on")


class Lines(ModelResource):
    """Lines of orders from rows."""

    order = Field("order", "order", ForeignKeyWidget(Order, "number"))
    product = Field("product", "product", ForeignKeyWidget(Product, "code"))
    quantity = Field("quantity", "quantity", DecimalWidget())
    price = Field("price", "price", DecimalWidget())

    class Meta(Bulk):
        model = Line
        import_id_fields = ()
        fields = ("order", "product", "quantity", "price")


MODELS = (Customer, Product, Order, Line)
RESOURCES = (Customers, Products, Orders, Lines)
