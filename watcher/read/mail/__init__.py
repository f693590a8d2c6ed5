"""Mail in every form in which it is kept."""
