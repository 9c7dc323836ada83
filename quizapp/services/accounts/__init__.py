"""Accounts: made, signed in and out, passwords set. Callers get a frozen `Account`."""
