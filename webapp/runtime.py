"""The wired market, as views reach it. `bind` is called once, by the factory."""

from flask import Flask, current_app

from bootstrap import Runtime
from search.port import SearchEngine

_KEY = "qiaoyi.runtime"


def bind(app: Flask, runtime: Runtime) -> None:
    app.extensions[_KEY] = runtime


def the_market() -> Runtime:
    found: Runtime = current_app.extensions[_KEY]
    return found


def the_engine() -> SearchEngine:
    return the_market().search
