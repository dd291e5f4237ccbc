"""Chinese: what is careless in Taiwan or on the mainland is seen, what is careful is left alone."""

from importlib.resources import files

import opencc
import pytest

from bumen.catalogues.chinese import faults

USED_IN_TAIWAN = "丑佣准凶占台吁吃唇夸岩岳峰干床斗朴杰游灶痴皂秘粽群肴虱郁里雇霉"
"""Characters that are Simplified for one word and right in Traditional for another."""

HAN = [chr(code) for code in range(0x4E00, 0xA000)]


@pytest.mark.parametrize(
    ("language", "words", "fault"),
    [
        ("zh_Hant", "确認", "Simplified character 确"),
        ("zh_Hans", "确認", "Traditional character 認"),
        ("zh_Hant", "數據", "數據 should be 資料"),
        ("zh_Hans", "软体", "软体 should be 软件"),
        ("zh_Hant", "應收賬款", "賬 should be 帳"),
        ("zh_Hans", "应收帐款", "帐 should be 账"),
        ("zh_Hant", "請稍候,謝謝", "half-width punctuation: '候,'"),
        ("zh_Hant", "請稍候.", "half-width punctuation: '候.'"),
        ("zh_Hant", "請等 %(num)s 秒, 謝謝", "half-width punctuation: '秒,'"),
        ("zh_Hant", "狀態: %(state)s", "half-width punctuation: '態:'"),
        ("zh_Hans", "文件 (CSV)", "half-width punctuation: '件 ('"),
        ("zh_Hant", "請稍候...", "three dots instead of …: '...'"),
        ("zh_Hant", "匯入CSV 檔", "no space between Chinese and Latin or digits: '入C'"),
        ("zh_Hans", "第1 页", "no space between Chinese and Latin or digits: '第1'"),
        ("zh_Hans", "共%(num)s 条", "no space between Chinese and Latin or digits: '共1'"),
        ("zh_Hant", "好， 謝謝", "a space beside full-width punctuation: '， '"),
        ("zh_Hant", "第 １ 頁", "full-width letters or digits: '１'"),
        ("zh_Hant", '按"確認"', "straight quotes: '\"'"),
        ("zh_Hant", "按“確認”", "mainland quotes instead of 「」: '“'"),
        ("zh_Hans", "按「确认」", "Taiwan's quotes instead of “”: '「'"),
    ],
)
def test_careless_chinese_is_reported(language: str, words: str, fault: str) -> None:
    assert list(faults(words, language)) == [fault]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh_Hant", "客戶「%(name)s」有 %(num)s 張訂單，金額 NT$ 1,234.50。"),
        ("zh_Hans", "客户“%(name)s”有 %(num)s 张订单（含税），时间 12:30。"),
        ("zh_Hant", "營銷中心"),
        ("zh_Hant", "用戶端"),
        ("zh_Hans", "进行销售"),
        ("zh_Hans", "来自订单"),
        ("zh_Hant", "SKU"),
        ("zh_Hant", "請看 <b>說明</b> 與 https://example.com/a?b=c"),
        ("zh_Hant", "統計到 2026/11/21 %(time)s 為止（%(zone)s）"),
    ],
)
def test_careful_chinese_is_left_alone(language: str, words: str) -> None:
    assert list(faults(words, language)) == []


def test_a_character_belongs_to_the_script_that_opencc_says() -> None:
    simplify, complicate = opencc.OpenCC("t2s").convert, opencc.OpenCC("s2t").convert
    simplified = {a for a in HAN if complicate(a) != a == simplify(a)} - set(USED_IN_TAIWAN)
    traditional = {a for a in HAN if simplify(a) != a == complicate(a)}

    kept = [
        set(files("bumen").joinpath("data", name).read_text(encoding="utf-8")) - {"\n"}
        for name in ("only_simplified.txt", "only_traditional.txt")
    ]

    assert kept == [simplified, traditional]
