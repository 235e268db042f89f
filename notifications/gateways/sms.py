"""Text messages over HTTP: one POST of JSON per message, in the form that the gateway asks for."""

from __future__ import annotations

import json
import time
from typing import Any, Final

from core.outbound import Outbound
from core.signatures import HEADER, signature
from notifications.gateways.port import AddressRefused, Text

TEMPLATE: Final = '{"to": "{to}", "text": "{text}", "id": "{id}"}'
_REFUSED: Final = 422
"""The one status by which a gateway says that the number itself is wrong."""


class SmsGatewayError(Exception):
    """The gateway answered with a status that is no success."""


class SmsHttp:
    """`template` is JSON whose texts may be {to}, {text} and {id}; `secret` signs each call as
    webhooks are signed. The id repeats when a message is sent again."""

    def __init__(self, outbound: Outbound, url: str, template: str, secret: str) -> None:
        self._form: Any = json.loads(template or TEMPLATE)
        outbound.read(url)
        self._outbound, self._url, self._secret = outbound, url, secret

    def send(self, number: int, address: str, text: Text) -> None:
        values = {"{to}": address, "{text}": text.body, "{id}": f"dispatch-{number}"}
        body = json.dumps(_filled(self._form, values), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self._secret:
            headers[HEADER] = signature([self._secret], int(time.time()), body)
        answer = self._outbound.post(self._url, body, headers)
        if answer.status == _REFUSED:
            raise AddressRefused
        if not 200 <= answer.status <= 299:
            raise SmsGatewayError(answer.status)

    def forget(self, number: int) -> None:
        """Nothing is kept here."""


def _filled(form: Any, values: dict[str, str]) -> Any:
    """A text that is a placeholder becomes its value; what was filled in is not read again."""
    if isinstance(form, dict):
        return {key: _filled(part, values) for key, part in form.items()}
    if isinstance(form, list):
        return [_filled(part, values) for part in form]
    return values.get(form, form) if isinstance(form, str) else form
