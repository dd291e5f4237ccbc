"""The applications that are measured: ours, and those it is measured beside."""
