"""For plug-in authors: the contracts, checked."""
