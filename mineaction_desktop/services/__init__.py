"""What a person can do, one module per use case."""
