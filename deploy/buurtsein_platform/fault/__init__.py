"""The fault suite: everything is ended under load, again and again, and what comes out is counted."""
