"""What a question is: its types as plain values, how each is asked, answered and marked.

``base`` says what every question can do, ``controls`` what a learner can be asked to fill in and
what of it a browser gets to know, ``plain`` how questions are kept; every other module is a type.
"""
