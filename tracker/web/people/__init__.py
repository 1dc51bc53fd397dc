"""The desks of people: signing in, oneself, and the three administrators."""
