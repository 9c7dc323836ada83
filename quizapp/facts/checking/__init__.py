"""Checks on a fact pack that can be read: one file for each family of rules."""
