from marketplace.demo.words import table, width, words


def test_a_line_says_it_in_chinese_and_english():
    line = words("port_taken", port=8000, other=8001)
    assert "端口 8000 已被别的程序占用" in line
    assert "Port 8000 is in use" in line
    assert line.count("PORT=8001 make demo") == 2


def test_columns_are_aligned_although_chinese_is_twice_as_wide():
    first, second = table([("店铺", "a"), ("Shop", "b")]).splitlines()
    assert width(first) == width(second)
    assert first.endswith("a")
    assert second.endswith("b")
