"""Reading in processes that may die, and that may do nothing but read."""
