"""The confidentiality terms that a room starts with; a room may set its own later."""

from __future__ import annotations

from typing import Final

STANDARD: Final[dict[str, str]] = {
    "zh": (
        "本人及所代表的单位承诺：仅为评估和商谈本交易使用资料室中标为“保密”的资料；"
        "不向无关人员披露，不据此申请专利或抢先实施；接触资料的同事受同样约束；"
        "商谈终止后停止使用并按对方要求删除。已公开的、独立开发的、从第三方合法取得的信息不在此列。"
        "本承诺自接受之日起三年有效；资料公开之前构成技术秘密的，保密至其公开为止。"
    ),
    "en": (
        "I and the organisation I act for use the files marked confidential in this room only to "
        "assess and negotiate this deal. We show them to nobody who does not need them for that, "
        "file no application and start no use on their basis, and bind the colleagues who see them "
        "in the same way. When talks end we stop using them and delete them on request. What is "
        "public, developed independently or lawfully had from others is not covered. This promise "
        "holds for three years from its acceptance, and for trade secrets until they are public."
    ),
}
