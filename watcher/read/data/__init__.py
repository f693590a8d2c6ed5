"""Files of databases."""
