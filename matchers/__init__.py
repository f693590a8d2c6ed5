"""Ways to recognise an officer in a document."""
