"""Long tests of what must not break: `make torture`."""
