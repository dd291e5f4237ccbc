"""A program that does what people do, through the API."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_jwt_extended import create_access_token

from bumen.host import Host


class Program:
    """The program of a person: makes records, reads them, does something with them."""

    def __init__(self, app: Flask, host: Host, name: str = "admin") -> None:
        self.client: FlaskClient = app.test_client()
        with app.app_context(), host.unit_of_work(by=name) as unit:
            token = create_access_token(identity=str(unit.user.id))
        self.client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"

    def make(self, path: str, **said: Any) -> dict[str, Any]:
        """Make a record and return it."""
        made = self.client.post(f"/api/v1/{path}/", json=said)
        assert made.status_code == 201, made.json
        return self.read(path, made.json["id"])

    def read(self, path: str, ident: int) -> dict[str, Any]:
        """Return a record as it is now."""
        found: dict[str, Any] = self.client.get(f"/api/v1/{path}/{ident}").json["result"]
        return found

    def first(self, path: str, column: str, value: Any) -> list[dict[str, Any]]:
        """Return the records of a list with a value, the oldest first."""
        asked = (
            f"(filters:!((col:{column},opr:eq,value:{value})),order_column:id,order_direction:asc)"
        )
        answered = self.client.get(f"/api/v1/{path}/?q={asked}")
        assert answered.status_code == 200, answered.json
        return [self.read(path, ident) for ident in answered.json["ids"]]

    def write(self, path: str, record: dict[str, Any], **said: Any) -> dict[str, Any]:
        """Change a record and return it."""
        address = f"/api/v1/{path}/{record['id']}"
        now = self.read(path, record["id"])["version"]
        changed = self.client.put(address, json={"version": now} | said)
        assert changed.status_code == 200, changed.json
        return self.read(path, record["id"])

    def act(self, path: str, record: dict[str, Any], name: str, **said: Any) -> dict[str, Any]:
        """Do something with a record as it is now, and return it."""
        answered = self._asked(path, record, name, said)
        assert answered.status_code == 200, answered.json
        return self.read(path, record["id"])

    def refused(self, path: str, record: dict[str, Any], name: str, **said: Any) -> str:
        """Return why something cannot be done with a record now: the code of the refusal."""
        answered = self._asked(path, record, name, said)
        assert answered.status_code in (409, 422), answered.json
        code: str = answered.json["error"]["code"]
        return code

    def _asked(self, path: str, record: dict[str, Any], name: str, said: dict[str, Any]) -> Any:
        version = self.read(path, record["id"])["version"]
        address = f"/api/v1/{path}/{record['id']}/actions/{name}"
        return self.client.post(address, json={"version": version} | said)
