"""An answer to a published need: somebody proposes a result, the firm takes it up or declines.

Taking up a proposal of a published result sends an inquiry for it, and goes on there.
"""
