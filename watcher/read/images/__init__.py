"""Images: what they say beside the picture."""
