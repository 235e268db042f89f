"""A load that is cut off goes on; where demo accounts may not exist nothing is loaded."""

from __future__ import annotations

import pytest

from sample import load, story


def test_a_load_that_was_cut_off_goes_on_where_it_stopped(runtime, monkeypatch):
    taken = 0
    once = story.Story.once

    def cut(self, *args, **kw):
        nonlocal taken
        taken += 1
        if taken > 150:
            raise KeyboardInterrupt
        return once(self, *args, **kw)

    assert load.unfinished(runtime)
    with monkeypatch.context() as patched:
        patched.setattr(story.Story, "once", cut)
        with pytest.raises(KeyboardInterrupt):
            load.load(runtime)
    assert load.unfinished(runtime)
    summary = load.load(runtime)
    assert sum(summary.listings.values()) == 67
    assert not load.unfinished(runtime)


def test_it_does_not_load_where_demo_accounts_may_not_exist(runtime, monkeypatch):
    closed = runtime.settings.model_copy(update={"env": "production"})
    monkeypatch.setattr(runtime, "settings", closed)
    with pytest.raises(load.NotHere):
        load.load(runtime)
    assert load.unfinished(runtime)
