"""Bitstring Status Lists (W3C): places for new certificates, and the signed lists."""
