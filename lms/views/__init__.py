"""HTTP only: read the request, call one service, choose the answer."""
