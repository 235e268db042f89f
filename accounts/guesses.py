"""What everybody tries first: words, names, pinyin and walks over the keyboard, with their tails.

The lists are our own. A password is a first guess when nothing but digits and signs surrounds one
of these words, however its letters are disguised (`p@ssw0rd2026`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

_ENGLISH: Final = (
    "password passwort passw pass passcode secret private login logon signin access account admin "
    "administrator root user username guest test tester testing demo sample default changeme "
    "change temp temporary letmein openme open welcome hello hallo hi system server master super "
    "superman batman spiderman pokemon starwars matrix hunter ranger soldier trustno trust "
    "dragon monkey tiger lion eagle falcon panda shadow sunshine moonlight starlight rainbow "
    "flower butterfly princess prince queen king angel devil baby babygirl lovely lover love "
    "iloveyou loveyou loveme forever happy lucky smile summer winter spring autumn monday friday "
    "january december football soccer baseball basketball hockey tennis golf liverpool arsenal "
    "chelsea barcelona madrid juventus yankees cowboys lakers michael michelle jordan jessica "
    "jennifer thomas robert daniel andrew joshua matthew charlie george william james john david "
    "ashley amanda nicole anthony maggie pepper ginger cookie chocolate banana orange apple cherry "
    "computer internet google microsoft windows office oracle database network wireless samsung "
    "iphone android huawei xiaomi lenovo mercedes ferrari porsche mustang harley freedom whatever "
    "nothing killer ninja cheese coffee guitar music photo company business money dollar bank "
    "school student teacher university college institute science research engineer technology "
    "innovation transfer market marketplace patent licence license invention laboratory professor "
    "security secure firewall backup service support manager director office hangzhou zhejiang "
    "shanghai beijing shenzhen guangzhou nanjing wuhan chengdu china chinese zhongguo"
)
_PINYIN: Final = (
    "woaini woaiwo aini wobuaini woxihuanni xihuanni woyaofacai facai gongxifacai kaixin kuaile "
    "xingfu nihao nihaoma zaijian xiexie laopo laogong baobei baobao qinaide mima wodemima "
    "yonghu guanliyuan zhanghao denglu ceshi wangluo jisuanji diannao shouji dianhua gongsi "
    "gongchang daxue xuexiao xuesheng laoshi jiaoshou yanjiu yanjiusuo yanjiuyuan keji kexue "
    "jishu zhuanli chengguo zhuanhua jiaoyi shichang qiaoyi zhongguo zhonghua tiananmen changcheng "
    "changjiang huanghe xihu wang wangwei wangfang wanglei li liwei lina lijing liming zhang "
    "zhangwei zhangmin zhanglei zhangsan lisi wangwu liu liuyang liuwei chen chenwei chenjing "
    "yang yangyang zhao zhaoyun huang huangwei zhou wu xu sun hu zhu gao lin he guo ma luo "
    "xiaoming xiaohong xiaolong xiaoxiao longlong tiantian mingming feifei"
)
_WALKS: Final = (
    "qwerty qwertz azerty qwert qwertyui qwertyuio qwertyuiop asdf asdfg asdfgh asdfghj asdfghjk "
    "asdfghjkl zxcv zxcvb zxcvbn zxcvbnm qwe qweasd qweasdzxc asdzxc qaz qazwsx qazwsxedc wsx "
    "wsxedc edcrfv rfvtgb tgbyhn zaqxsw zaqwsx qwaszx poiuy poiuyt poiuytrewq lkjhg lkjhgf "
    "lkjhgfdsa mnbvc mnbvcxz abc abcd abcde abcdef abcdefg abcdefgh aaa aabb aabbcc abab xyz "
    "xxx zzz qqq www asd zxc qwer qwerasdf aaaa aaaaaa bbbb cccc abcabc asdasd qweqwe zxczxc"
)
WORDS: Final = frozenset(f"{_ENGLISH} {_PINYIN} {_WALKS}".split())

_NUMBERS: Final = (
    "12345678 123456789 1234567890 01234567 0123456789 87654321 987654321 9876543210 0987654321 "
    "12341234 12344321 11223344 1122334455 11112222 12121212 13131313 123123123 123321123 "
    "147258369 147852369 159357 159753 789456123 741852963 963852741 321321321 52013140 "
    "13145200 5201314520 1314520520 520520520 520131420 10101010 20202020 12345679 1234567891 "
    "12345678910 123456788 66668888 88886666 68686868 16888888 18888888 20080808 19491001"
)
NUMBERS: Final = frozenset(_NUMBERS.split())
TAILS: Final = (
    "", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "0", "01", "007", "11",
    "111", "123123", "321", "520", "521", "1314", "5201314", "666", "668", "888", "8888",
    "88888888", "999", "000", "2024", "2025", "2026", "2027", "!", "@", "@123", "!123", "123!",
)  # fmt: skip

_DISGUISES: Final = str.maketrans("@4301$57!|+", "aaeoisstiit")
_TAIL: Final = re.compile(r"^[\d\W_]+|[\d\W_]+$")
_MIXED: Final = (
    "1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1xsw2 zaq1zaq1 q1w2e3r4 "
    "q1w2e3r4t5 qwer1234 asdf1234 1234qwer 123qweasd 123qwe 1qaz 2wsx 3edc a1b2c3d4 a1s2d3f4 "
    "1a2b3c4d abc123abc 1qw23er4 q12345678 a12345678 z12345678 w123456789 aa12345678 "
    "aa123456789 a123456789 123456aa 12345678a 123456789a 1234abcd p0o9i8u7 5tgb6yhn"
)
_MIXED_WALKS: Final = frozenset(_MIXED.split())


def is_first_guess(password: str) -> bool:
    """Takes the password as it was typed; capitals make no difference."""
    plain = password.strip().lower()
    if len(set(plain)) < 4 or plain in NUMBERS or _is_walk(plain):
        return True
    disguised = (plain.translate(_DISGUISES), _TAIL.sub("", plain).translate(_DISGUISES))
    return any(_is_word(form) for form in (plain, *disguised))


def _is_word(plain: str) -> bool:
    """Without digits and signs before and after; twice the same word is no better than once."""
    core = _TAIL.sub("", plain)
    half = core[: len(core) // 2]
    return core in WORDS or (core == half * 2 and half in WORDS)


def _is_walk(plain: str) -> bool:
    core = re.sub(r"[\W_]+$", "", plain)
    return core in _MIXED_WALKS or _repeats(core) or any(core in row for row in _rows())


def _repeats(plain: str) -> bool:
    """A group of at most four signs over and over: `abc1abc1`."""
    return any(
        len(plain) > size and plain == (plain[:size] * len(plain))[: len(plain)]
        for size in range(1, 5)
    )


@cache
def _rows() -> tuple[str, ...]:
    """What a finger finds along a row, forwards and back."""
    rows = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
    return (*rows, *(row[::-1] for row in rows))


def examples() -> Iterator[str]:
    """The guesses written out, of eight signs and more: words with their tails, numbers, walks."""
    for word in sorted(WORDS):
        yield from (word + tail for tail in TAILS if len(word + tail) >= 8)
    yield from sorted(NUMBERS | _MIXED_WALKS)
