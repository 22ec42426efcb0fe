"""Certificates as Open Badges 3.0: what they say, their proofs, pictures that carry them."""
