"""Carries feedback back in digests: incidents sooner than trends."""
