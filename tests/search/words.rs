//! Words and questions as people type them.

use super::Shelf;

fn shelf() -> Shelf {
    Shelf::of(&[
        (
            "kansai",
            "関西国際空港から大阪の市内まで、電車で一時間ほどかかる。",
        ),
        ("metropolis", "東京都は環境についての新しい条例を公布した。"),
        (
            "kyoto",
            "京都で開かれた国際会議には、各国の学者が集まった。",
        ),
        (
            "treaty",
            "ベトナムの首相がカザフスタンを訪れ、貿易協定に署名した。",
        ),
        ("oil", "ﾍﾟﾙｰの政府は、石油の輸出を再開すると発表した。"),
        (
            "growth",
            "ＯＥＣＤは２０２４年の成長率の見通しを引き上げた。",
        ),
        ("server", "大使館のサーバーが攻撃を受け、記録が盗まれた。"),
        ("people", "人々は様々な理由で国境を越え、隣の国で働いた。"),
        (
            "hanoi",
            "The foreign minister visited Hanoi in March and signed the accord.",
        ),
        ("moscow", "Министры иностранных дел встретились в Москве."),
        ("seoul", "한국과 일본의 외교장관이 서울에서 회담했다."),
        ("beijing", "中国外交部发言人就双边贸易问题回答了记者提问。"),
        ("bangkok", "รัฐมนตรีต่างประเทศเยือนกรุงโตเกียว"),
        (
            "astana",
            "Қазақстан сыртқы саясатта тепе-теңдікті сақтайды.",
        ),
        (
            "hanoi-vi",
            "Việt Nam và Nhật Bản nâng cấp quan hệ ngoại giao.",
        ),
    ])
}

#[test]
fn a_word_finds_its_document_first() {
    shelf().ranks(&[
        ("関西国際空港", "kansai"),
        ("空港", "kansai"),
        ("東京都", "metropolis"),
        ("京都", "kyoto"),
        ("国際会議", "kyoto"),
        ("カザフスタン", "treaty"),
        ("貿易協定", "treaty"),
        ("成長率", "growth"),
        ("国境", "people"),
        ("様々", "people"),
        ("人々", "people"),
    ]);
}

#[test]
fn inflection_does_not_matter() {
    shelf().ranks(&[
        ("署名する", "treaty"),
        ("署名しました", "treaty"),
        ("訪れる", "treaty"),
        ("盗む", "server"),
        ("働く", "people"),
        ("引き上げる", "growth"),
    ]);
}

#[test]
fn width_and_case_do_not_matter() {
    shelf().ranks(&[
        ("ペルー", "oil"),
        ("ﾍﾟﾙｰ", "oil"),
        ("OECD", "growth"),
        ("oecd", "growth"),
        ("ｏｅｃｄ", "growth"),
        ("2024", "growth"),
        ("2024年", "growth"),
        ("２０２４年", "growth"),
        ("ﾍﾞﾄﾅﾑ", "treaty"),
        ("ｶｻﾞﾌｽﾀﾝ　ﾎﾞｳｴｷ　ﾍﾞﾄﾅﾑ", "treaty"),
        ("HANOI", "hanoi"),
        ("ＭＩＮＩＳＴＥＲ", "hanoi"),
    ]);
}

#[test]
fn a_whole_question_finds_its_answer() {
    shelf().ranks(&[
        ("関西国際空港から大阪までどのくらいかかりますか？", "kansai"),
        ("ベトナムの首相はどこの国を訪れたのですか。", "treaty"),
        ("東京都が公布した条例は何についてのものですか", "metropolis"),
        ("ペルーは何の輸出を再開しましたか？", "oil"),
        ("大使館から盗まれたものは何？", "server"),
        ("OECDが成長率の見通しを引き上げたのはいつの分？", "growth"),
        ("Where did the foreign minister sign the accord?", "hanoi"),
    ]);
}

#[test]
fn other_scripts_are_found_by_their_words() {
    shelf().ranks(&[
        ("foreign minister", "hanoi"),
        ("иностранных дел", "moscow"),
        ("外交部 发言人", "beijing"),
        ("双边贸易问题", "beijing"),
        ("외교장관", "seoul"),
        ("서울", "seoul"),
        ("ต่างประเทศ", "bangkok"),
        ("сыртқы саясат", "astana"),
        ("Việt Nam", "hanoi-vi"),
        ("ngoại giao", "hanoi-vi"),
    ]);
}

#[test]
fn scripts_may_be_mixed_in_one_query() {
    shelf().ranks(&[
        ("ベトナム Hanoi カザフスタン", "treaty"),
        ("OECDの見通し", "growth"),
        ("Hanoi 外務大臣 visited", "hanoi"),
    ]);
    shelf().finds(&[("Hanoi Москве", "hanoi moscow")]);
}

#[test]
fn a_word_is_not_found_inside_another() {
    let shelf = Shelf::of(&[
        ("kyoto", "京都の寺を訪れた。"),
        ("metropolis", "東京都の予算案が可決された。"),
        ("trade", "Trade grew."),
        ("tradesman", "A tradesman came."),
    ]);
    shelf.ranks(&[("京都", "kyoto"), ("東京都", "metropolis")]);
    shelf.finds(&[("trade", "trade"), ("+trade", "trade")]);
}

#[test]
fn a_query_without_content_words_still_searches() {
    let shelf = Shelf::of(&[
        ("this", "これはそれである。"),
        ("who", "誰がどこにいるのか。"),
        ("trade", "貿易協定"),
    ]);
    shelf.ranks(&[("それである", "this"), ("誰がどこに", "who"), ("の", "who")]);
    shelf.finds(&[("これは", "this"), ("誰", "who"), ("？！。", ""), ("☃", "")]);
}

#[test]
fn rare_words_count_more_and_more_words_count_more() {
    let shelf = Shelf::of(&[
        ("both", "日本とモンゴルは、鉱山の開発で協力する。"),
        ("one", "日本と韓国は、観光で協力する。"),
        ("other", "日本とタイは、農業で協力する。"),
        ("third", "日本とペルーは、漁業で協力する。"),
    ]);
    shelf.ranks(&[
        ("日本 モンゴル", "both"),
        ("日本 協力 鉱山", "both"),
        ("協力 観光", "one"),
        ("日本とタイの協力", "other"),
    ]);
}

#[test]
fn words_that_stand_together_rank_higher() {
    let shelf = Shelf::of(&[
        (
            "apart",
            "防衛について閣僚が話し、二国の記者が集まった。文化の協力も話題になった。",
        ),
        (
            "together",
            "防衛協力について閣僚が話し、二国の記者が集まった。文化も話題になった。",
        ),
    ]);
    shelf.ranks(&[("防衛協力", "together apart")]);
}
