"""Chinese official prose as pure functions: no Django, no database, no clock."""
