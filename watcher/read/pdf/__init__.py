"""PDF: pages, what is drawn over them, and what hangs on them."""
