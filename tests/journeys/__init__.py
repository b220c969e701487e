"""Journeys: a real Chromium against the server as it runs in production."""
