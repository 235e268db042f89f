"""Departments and branches of an organisation."""
