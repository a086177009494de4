"""Tests of intake that need no network."""
