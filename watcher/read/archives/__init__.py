"""Archives and what they are packed with: bytes → members."""
