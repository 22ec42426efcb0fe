"""The token against forged forms."""

from hypothesis import given
from hypothesis import strategies as st

from lms.forgery import masked, unmasked


@given(st.text("0123456789abcdef", min_size=1, max_size=80))
def test_a_masked_token_is_itself_again_and_never_looks_the_same(token):
    assert unmasked(masked(token)) == token.encode()
    if len(token) > 8:
        assert masked(token) != masked(token)


@given(st.text())
def test_what_was_never_masked_is_no_token_and_no_error(text):
    assert isinstance(unmasked(text), bytes)
