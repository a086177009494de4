"""The commands of `buurtsein moderation`, one in a file."""
