"""What speaks HTTP and HTML in this house."""
