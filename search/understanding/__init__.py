"""What a question says besides its words: "浙江 石墨烯 独占许可 TRL 6+ 50万以下".

`understand` takes the parts that are conditions out of the text and gives them as filters and
ranges of a request. Nothing is decided silently: each part keeps what was written, so that a page
shows it and lets it be taken back (`literal`), after which it is a word like any other.
"""

from search.understanding.parts import Understood, understand
from search.understanding.reading import Part, Range

__all__ = ["Part", "Range", "Understood", "understand"]
