"""How well moderation does on labelled messages: pure figures, from labels and what was decided."""
