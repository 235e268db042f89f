# ruff: noqa: SIM905  (a list of words reads better without its quotes)
"""Words that searching treats in a way of their own."""

from __future__ import annotations

TERMS = (
    "石墨烯 碳纳米管 钙钛矿 锂离子 固态电池 质子交换膜 碳化硅 氮化镓 半导体 光刻胶 机器人 无人机 "
    "区块链 大模型 数字孪生 物联网 传感器 催化剂 单克隆 抗体 疫苗 干细胞 基因编辑 外泌体 微流控 "
    "超导 量子点 气凝胶 金属有机框架 增材制造 激光雷达 毫米波 卷积神经网络 联邦学习 知识图谱"
).split()
"""Terms of the trade that a general dictionary cuts to pieces."""

STOP_WORDS = frozenset(
    "a an and are as at be been but by can for from had has have in into is it its of on or such "
    "that the their there these they this those to was were what when where which while with "
    "about all also am any before being between both did do does done during each he her here his "
    "how i if me most my no nor not other others our she should so some than then us very we who "
    "whom whose why will would you your may might must could shall "
    "的 了 和 与 及 或 在 是 为 对 中 上 下 以 及其 一种 用于 基于 其 等 之 于 将 由 从 该 所 并 "
    "一个 可以 进行 什么 如何 怎么 哪些 哪个 吗 呢 请问 有 关于 用 做 使 的话".split()
)
"""Words that need not be in a document for it to match."""
