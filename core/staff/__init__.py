"""Staff: signing in to the admin with a second factor, lockout, one password hash at a time."""
