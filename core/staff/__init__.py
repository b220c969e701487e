"""Signing in to the admin: second factor, lockout, one password hash at a time."""
