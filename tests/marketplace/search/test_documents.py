from marketplace.search.documents import name_tokens, prose_tokens, texts_of, title_tokens
from marketplace.search.pinyin import slugify, sounds, syllables
from marketplace.search.words import read_words


def test_a_word_decides_between_the_readings_of_a_character():
    assert syllables("重庆") == ("chong", "qing")
    assert syllables("重量") == ("zhong", "liang")


def test_an_address_is_in_pinyin():
    assert slugify("燕麦片 500g") == "yan-mai-pian-500g"


def test_a_name_sounds_from_each_of_its_words_on():
    assert list(sounds(["羊肉", "卷"])) == ["yangroujuan", "0yrj", "juan", "0j"]


def test_a_title_sounds_from_each_character_on():
    heard = set(sounds(["羔羊", "肉", "卷"], inside=True))
    assert {"gaoyangroujuan", "yangroujuan", "0yrj", "yang", "rou"} <= heard


def test_a_character_without_a_reading_stands_for_itself():
    assert list(sounds(["㐂㐂"], inside=True)) != []


def test_a_title_holds_pairs_pinyin_initials_english_and_weights():
    tokens = set(title_tokens("有机燕麦片 Oats 2.5kg"))
    assert {"燕麦", "麦片", "片", "yanmaipian", "0ymp", "yan", "oat", "2500g"} <= tokens


def test_prose_holds_the_pinyin_of_words_but_no_initials():
    tokens = set(prose_tokens("拿羊肉来炖"))
    assert {"羊肉", "yangrou", "炖"} <= tokens
    assert not any(token.startswith("0") for token in tokens)


def test_names_and_queries_agree_on_weights_and_characters():
    [term] = read_words("馬鈴薯", {}).terms
    assert set(term.own[0]) <= set(name_tokens("马铃薯"))


def test_a_product_is_indexed_by_title_names_and_prose(shelf):
    title, names, prose = (set(text.split()) for text in texts_of(shelf["oat_flour"]))
    assert {"莜面", "石磨", "shimoyoumianfen", "oat", "flour"} <= title
    assert {"燕麦", "武川", "青盐", "5000g", "1000g", "qingyanpo"} <= names
    assert {"新麦", "chaoguo"} <= prose
    assert not {"新麦"} & (title | names)


def test_a_text_in_several_fields_counts_where_it_ranks_first(shelf):
    shelf["oat_flour"].summary = shelf["oat_flour"].title
    _title, _names, prose = texts_of(shelf["oat_flour"])
    assert prose == ""


def test_missing_relations_are_passed_over(shelf):
    product = shelf["oat_flour"]
    product.township = None
    assert "哈乐" not in texts_of(product)[1]
