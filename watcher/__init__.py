"""Notices when the details of police officers and staff appear in public."""
