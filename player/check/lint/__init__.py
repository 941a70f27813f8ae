"""The dose rules. Each file holds the rules of one subject; `every_rule` runs all of them."""
