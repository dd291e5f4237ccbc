"""Raises: a plugin that cannot even be imported."""

raise RuntimeError("There is no licence key on this machine.")
