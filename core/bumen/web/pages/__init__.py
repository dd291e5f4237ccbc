"""What the pages of a resource show: the list, the record, the form."""
