"""From bytes to characters, where nothing says how."""
