"""Pages for packages in tests."""

GOOD_PAGE = "<p>Hello<script>parent.API_1484_11 || parent.API</script>"
"""A page about which there is nothing to say, in a course of any edition."""
