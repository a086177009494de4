"""Photos: taken from anyone, made anew without what a camera adds, kept for a while, shown to networks only."""
