"""Questions as people type them, judged by hand: what is a condition, and which words are left.

Each row: the question, the words left, the conditions. Places and the like are by their codes.
"""

import re
from datetime import date

import pytest

from search.numbers import recognise
from search.understanding import understand

TODAY = date(2026, 11, 28)
ROWS = """
浙江 石墨烯 独占许可 | 石墨烯 | region=330000 way=exclusive
50万以下 水处理 膜 | 水处理 膜 | price=..50万
TRL 6+ 固态电池 | 固态电池 | trl=6..
江苏 传感器 转让 | 传感器 | region=320000 way=assignment
深圳 机器人 普通许可 | 机器人 | region=440300 way=ordinary
钙钛矿太阳能电池 TRL4-6 | 钙钛矿太阳能电池 | trl=4..6
北京 人工智能 芯片 100万以上 | 人工智能 芯片 | region=110000 price=100万..
上海市 抗体药物 排他许可 | 抗体药物 | region=310000 way=sole
碳纤维复合材料 技术成熟度7级以上 | 碳纤维复合材料 | trl=7..
氢燃料电池 近三年 | 氢燃料电池 | year=2024..
2023年以来 大模型 | 大模型 | year=2023..
催化剂 C07C | 催化剂 | ipc=C07
H01M 电解液 添加剂 | 电解液 添加剂 | ipc=H01
A61K 纳米 药物 | 纳米 药物 | ipc=A61
IPC B29 增材制造 | 增材制造 | ipc=B29
广东 G06N 联邦学习 | 联邦学习 | region=440000 ipc=G06
四川 中药 作价入股 | 中药 | region=510000 way=equity_contribution
陕西 航空 发动机 叶片 合作开发 | 航空 发动机 叶片 | region=610000 way=joint_development
湖北 武汉 激光 切割 | 激光 切割 | region=420100
宁波 注塑 模具 300万以内 | 注塑 模具 | region=330200 price=..300万
苏州 微流控 芯片 TRL≥5 | 微流控 芯片 | region=320500 trl=5..
发明专利 风电 叶片 | 风电 叶片 | kind=patent
专利 氮化镓 功率器件 | 氮化镓 功率器件 | kind=patent
科技成果 土壤修复 | 土壤修复 | kind=result
技术秘密 涂料 配方 | 涂料 配方 | kind=know_how
先用后转 数控机床 | 数控机床 | way=trial_licence
天津 海水淡化 20万-80万 | 海水淡化 | region=120000 price=20万..80万
价格面议 光刻胶 | 光刻胶 | band=negotiable
不超过100万元 的 检测设备 | 的 检测设备 | price=..100万
至少500万 半导体设备 | 半导体设备 | price=500万..
1亿以上 创新药 | 创新药 | price=10000万..
重庆 镁合金 TRL 8 | 镁合金 | region=500000 trl=8..8
山东 青岛 海洋 防腐 | 海洋 防腐 | region=370200
内蒙古 稀土 永磁 | 稀土 永磁 | region=150000
广西 甘蔗 转让 | 甘蔗 | region=450000 way=assignment
西藏 牦牛 | 牦牛 | region=540000
新疆 棉花 采摘 机器人 | 棉花 采摘 机器人 | region=650000
香港 金融 科技 | 金融 科技 | region=810000
台湾 晶圆 | 晶圆 | region=710000
廈門 儲能 | 儲能 | region=350200
吉林 汽车 轻量化 最近五年 | 汽车 轻量化 | region=220000 year=2022..
2020年 至 2022年 疫苗 | 疫苗 | year=2020..2022
2021年 量子 通信 | 量子 通信 | year=2021..2021
成熟度5级以上 隔膜 | 隔膜 | trl=5..
TRL3以下 基因编辑 | 基因编辑 | trl=..3
技术成熟度4-6级 碳捕集 | 碳捕集 | trl=4..6
graphene Zhejiang exclusive licence | graphene | region=330000 way=exclusive
solid state battery TRL 6+ | solid state battery | trl=6..
water treatment membrane under 500k | water treatment membrane | price=..50万
perovskite solar cell since 2023 | perovskite solar cell | year=2023..
antibody Shanghai | antibody | region=310000
robot gripper at least TRL 5 | robot gripper | trl=5..
drone non-exclusive license | drone | way=ordinary
sole licence enzyme | enzyme | way=sole
fuel cell patents | fuel cell | kind=patent
H04L encryption | encryption | ipc=H04
B01D 53/14 carbon capture | carbon capture | ipc=B01
G06N neural network | neural network | ipc=G06
Guangdong lidar up to 2 million yuan | lidar | region=440000 price=..200万
between 100k and 300k yuan sensor | sensor | price=10万..30万
turbine blade coating over ¥1,000,000 | turbine blade coating | price=100万..
vaccine last 5 years | vaccine | year=2022..
published in 2024 exoskeleton | exoskeleton | year=2024..2024
gene editing TRL 3 and below | gene editing | trl=..3
readiness level 7 hydrogen storage | hydrogen storage | trl=7..7
know-how adhesive | adhesive | kind=know_how
Beijing AI chip TRL 4 to 7 | AI chip | region=110000 trl=4..7
Hangzhou wafer inspection trial licence | wafer inspection | region=330100 way=trial_licence
equity contribution biomaterial | biomaterial | way=equity_contribution
co-development magnet | magnet | way=joint_development
price negotiable photoresist | photoresist | band=negotiable
Sichuan heat pipe TRL>=6 | heat pipe | region=510000 trl=6..
浙江 graphene 转让 | graphene | region=330000 way=assignment
battery 隔膜 50万以下 TRL 6+ | battery 隔膜 | price=..50万 trl=6..
Shenzhen 激光雷达 exclusive license | 激光雷达 | region=440300 way=exclusive
AI 芯片 北京 since 2022 | AI 芯片 | region=110000 year=2022..
SiC 功率器件 H01L 江苏 | SiC 功率器件 | ipc=H01 region=320000
CRISPR 基因编辑 TRL3 普通许可 | CRISPR 基因编辑 | trl=3..3 way=ordinary
MOF 气体 吸附 under 1m | MOF 气体 吸附 | price=..100万
浙江，石墨烯，独占许可 | 石墨烯 | region=330000 way=exclusive
浙江;石墨烯;50万以下 | 石墨烯 | region=330000 price=..50万
ＴＲＬ６＋　固态电池 | 固态电池 | trl=6..
５０万以下 电机 | 电机 | price=..50万
浙江省杭州市 无人机 | 无人机 | region=330100
浙江大学 石墨烯 | 浙江大学 石墨烯 |
北京理工 机器人 | 北京理工 机器人 |
南京农业大学 水稻 | 南京农业大学 水稻 |
上海交通大学 船舶 | 上海交通大学 船舶 |
四川省人民医院 支架 | 四川省人民医院 支架 |
三明治 结构 | 三明治 结构 |
大理石 抛光 | 大理石 抛光 |
铜 10万次 循环 | 铜 10万次 循环 |
5万吨 产能 | 5万吨 产能 |
300℃ 以上 高温 | 300℃ 以上 高温 |
精度 0.1 mm 以下 | 精度 0.1 mm 以下 |
5G 基站 天线 | 5G 基站 天线 |
6061 铝合金 | 6061 铝合金 |
C60 富勒烯 | C60 富勒烯 |
维生素 B12 发酵 | 维生素 B12 发酵 |
H2O 分解 | H2O 分解 |
F16 fighter wing | F16 fighter wing |
A4 paper coating | A4 paper coating |
exclusive or gate | exclusive or gate |
patentable subject matter | patentable subject matter |
2024 aluminium alloy | 2024 aluminium alloy |
over 9000 rpm motor | over 9000 rpm motor |
10 to 20 kHz ultrasound | 10 to 20 kHz ultrasound |
95%以上 纯度 | 95%以上 纯度 |
寿命 10年以上 | 寿命 10年以上 |
100万 像素 相机 | 100万 像素 相机 |
2-3 m/s 风速 | 2-3 m/s 风速 |
at least 3 sensors | at least 3 sensors |
E. coli expression | E. coli expression |
3D 打印 钛合金 | 3D 打印 钛合金 |
转让方 信息 | 转让方 信息 |
许可 | 许可 |
千元机 电池 | 千元机 电池 |
TRL | TRL |
散热膜 | 散热膜 |
heat pipe | heat pipe |
"""
WAN = 100 * 10_000
NUMBERS = """
ZL202310482617.0 | ZL202310482617.0
zl 2023 1 0482617.0 | zl 2023 1 0482617.0
CN202310482617.0 | CN202310482617.0
2023104826170 | 2023104826170
CN116456789A | CN116456789A
CN 116 456 789 A | CN 116 456 789 A
US7472616B2 | US7472616B2
US 7,472,616 B2 | US 7,472,616 B2
EP1234567B1 | EP1234567B1
WO2020123456A1 | WO2020123456A1
WO 2020/123456 | WO 2020/123456
JP2019123456A | JP2019123456A
PCT/CN2020/123456 | PCT/CN2020/123456
专利号 ZL202310482617.0 | ZL202310482617.0
专利 CN116456789A 转让 | CN116456789A
patent US7472616 licence | US7472616
石墨烯 ZL202310482617.0 | ZL202310482617.0
compare US7472616 and EP1234567B1 | US7472616, EP1234567B1
石墨烯 |
TRL 6+ |
50万以下 |
2024 aluminium alloy |
6061-T6 铝合金 |
"""
_KEYS = {"ipc": "ipc_class", "price": "price_minor", "band": "price_band"}
_RANGES = ("trl", "price_minor", "year")


def _bound(text):
    if not text:
        return None
    return int(text[:-1]) * WAN if text.endswith("万") else int(text)


def conditions(written):
    """The filters and ranges of a row's third cell."""
    filters, ranges = {}, {}
    for one in written.split():
        name, _, value = one.partition("=")
        name = _KEYS.get(name, name)
        if name in _RANGES:
            ranges[name] = tuple(_bound(end) for end in value.split(".."))
        else:
            filters[name] = (*filters.get(name, ()), value)
    return filters, ranges


def rows(table):
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().split("\n")]


@pytest.mark.parametrize(("text", "words", "written"), rows(ROWS))
def test_a_question_is_read_as_it_is_meant(text, words, written):
    found = understand(text, currency="CNY", today=TODAY)
    filters = {name: values for name, values in found.filters.items() if name != "currency"}
    assert (filters, found.ranges) == conditions(written)
    assert re.split(r"\s+", found.words) == words.split()


@pytest.mark.parametrize(("text", "numbers"), rows(NUMBERS))
def test_numbers_of_patents_are_recognised(text, numbers):
    assert ", ".join(recognise(text)) == numbers


def test_the_tables_are_as_long_as_they_are_said_to_be():
    assert len({row[0] for row in rows(ROWS) + rows(NUMBERS)}) >= 140
