"""What the API gives beside a record's own values: one module a part, all of one resource."""
