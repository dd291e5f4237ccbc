"""What plugin authors test with: databases, fixtures, makers and the conformance suite."""
