"""What is kept in stock, and what is only done: services go along with goods."""

from bumen_base.models import Product, ProductKind


def is_kept(product: Product) -> bool:
    """Whether a product lies in a warehouse; a service does not."""
    return product.kind is ProductKind.GOODS
