"""Whoever puts a Beat into words."""
