"""Whose something is that somebody begins: the own, where they are an employee."""

from sqlalchemy import select

from bumen import User, session, shared
from bumen_base.models import Contact, Customer, Employee
from bumen_sales.errors import ContactIsOfAnother


def employee_of_user(user: User | None) -> Employee | None:
    """Return the employee who signs in as this user, if there is one."""
    if user is None:
        return None

    def found() -> Employee | None:
        with session().no_autoflush:
            return session().scalar(select(Employee).where(Employee.user_id == user.id))

    return shared(("employee", user.id), found)


def account_of(employee: Employee | None, *, else_of: User | None) -> int | None:
    """Return the user (its id) to whom something is given to do: the employee's, or another's."""
    if employee is not None and employee.user_id is not None:
        return employee.user_id
    return else_of.id if else_of else None


def refuse_strangers(contact: Contact | None, *, customer: Customer, field: str) -> None:
    """Refuse a contact who does not belong to the customer: `ContactIsOfAnother`."""
    if contact is not None and contact.customer is not customer:
        raise ContactIsOfAnother(contact, customer=customer, field=field)
