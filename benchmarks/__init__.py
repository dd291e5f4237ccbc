"""What is measured, beside what others would use instead; see README.md."""
