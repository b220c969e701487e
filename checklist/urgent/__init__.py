"""What a reader in an emergency does first: facts, a decision table, and the words of its actions."""
