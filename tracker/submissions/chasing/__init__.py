"""Chasing: what is missing where, the ladder of reminders, and a reminder by a person."""
