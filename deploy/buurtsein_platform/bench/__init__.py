"""What the product costs, as ratios to the bare parts that it is made of, measured in one run."""
