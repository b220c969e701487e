"""Urgent actions: facts, a decision table, and the words of its actions."""
