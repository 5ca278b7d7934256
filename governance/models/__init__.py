"""Nouns: editions of the plan, and the measures that outlive them."""
