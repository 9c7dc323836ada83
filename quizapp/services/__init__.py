"""Use cases: each takes a session of the database and the time, and never commits."""
