//! Tables of cases for names of countries; see the headings.

use super::*;
use crate::facet::fold::Folded;
use finder::CountryFinder;

/// Codes in the order of their first place in the text.
fn found(finder: &CountryFinder, text: &str) -> String {
    let mut countries = finder.find(&Folded::new(text));
    countries.sort_by_key(|found| found.range.as_ref().map(|range| range.start));
    let codes: Vec<String> = countries
        .iter()
        .map(|found| found.value.to_string())
        .collect();
    codes.join(" ")
}

fn check(cases: &[(&str, &str)]) {
    let finder = CountryFinder::new();
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, found(&finder, text)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("{text}: {found:?}, not {expected:?}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn japanese_text_names_countries() {
    check(&[
        ("ベトナムとカザフスタンは国交を樹立した", "VN KZ"),
        ("ヴェトナム社会主義共和国", "VN"),
        ("ﾍﾞﾄﾅﾑとｶｻﾞﾌｽﾀﾝ", "VN KZ"),
        ("米国と英国、韓国、北朝鮮、豪州", "US GB KR KP AU"),
        ("アメリカ合衆国とアメリカ", "US"),
        ("メキシコ合衆国", "MX"),
        ("ロシア連邦とベラルーシ共和国", "RU BY"),
        ("中国の習近平国家主席", "CN"),
        ("中国国内の市場", "CN"),
        ("台湾と香港とマカオ", "TW HK MO"),
        ("欧州連合（ＥＵ）と国連", "EU UN"),
        ("ソ連の崩壊後のロシア", "SU RU"),
        ("グルジア（現ジョージア）", "GE"),
        ("ビルマ、現在のミャンマー", "MM"),
        ("コンゴ民主共和国とコンゴ共和国", "CD CG"),
        ("ドミニカ共和国とドミニカ国", "DO DM"),
        ("ギニアビサウ", "GW"),
        ("ギニアと赤道ギニアとパプアニューギニア", "GN GQ PG"),
        ("インドネシア", "ID"),
        ("ニジェールとナイジェリア", "NE NG"),
        ("南アフリカと中央アフリカ共和国", "ZA CF"),
        ("南スーダンとスーダン", "SS SD"),
        ("オマーン国王", "OM"),
        ("サモアと米領サモア", "WS AS"),
        ("チェコスロバキアとユーゴスラビア", "CS YU"),
        ("東ドイツと西ドイツ", "DD DE"),
        ("ボスニア・ヘルツェゴヴィナとボスニアヘルツェゴビナ", "BA"),
        ("イランイラク戦争", "IR IQ"),
        ("アメリカドルとインドルピー", ""),
        ("日本海軍と日本海上自衛隊", "JP"),
        ("日本人とキルギス人", "JP KG"),
        ("バチカン市国", "VA"),
        ("コートジボワールとコートディボワール", "CI"),
        ("カナダ・アメリカ・メキシコ", "CA US MX"),
        ("ベトナムVIETNAMとVietnam", "VN"),
        ("UAEとUSA", "AE US"),
        ("ＵＳＡ", "US"),
        ("北アイルランド", "GB"),
        ("白ロシアとロシア", "BY RU"),
        ("西サハラとパレスチナ", "EH PS"),
    ]);
}

#[test]
fn japanese_text_that_only_looks_so() {
    check(&[
        ("マリアとマリファナ", ""),
        ("タイトルとタイプとネクタイ", ""),
        ("世界タイ記録で3位タイ", ""),
        ("中国地方と中国山地の中国電力", ""),
        ("開催中国際会議", ""),
        ("日本海の漁業", ""),
        ("インド洋とインド太平洋", ""),
        ("インドシナ半島", ""),
        ("西インド諸島と東インド会社", ""),
        ("ウルグアイ・ラウンド", ""),
        ("ジョージア州の知事", ""),
        ("トルコ石の指輪", ""),
        ("韓国語と日本語と中国語とロシア語と英語", ""),
        ("ニューメキシコとメキシコ湾", ""),
        ("ヨルダン川西岸", ""),
        ("南アメリカとラテンアメリカ", ""),
        ("アメリカン・フットボール", ""),
        ("コロンビア大学", ""),
        ("コンゴとドミニカ", ""),
        ("マリアナ海溝", ""),
        ("南アジアと南アルプス", ""),
        ("上海地区の海地図", ""),
        ("ユーゴーの小説", ""),
        ("ジャージー牛乳", ""),
        ("チリ紙とチリソース", ""),
        ("", ""),
        ("国", ""),
    ]);
}

#[test]
fn texts_in_other_languages() {
    check(&[
        (
            "Kazakhstan and Viet Nam signed; Vietnam's PM left.",
            "KZ VN",
        ),
        ("KAZAKHSTAN AND VIETNAM", "KZ VN"),
        ("The US, the UK, the U.S. and the EU", "US GB EU"),
        ("Tell us about turkey and china", ""),
        ("Turkey, Türkiye and Turkiye", "TR"),
        (
            "Guinea-Bissau, Equatorial Guinea, Papua New Guinea, New Guinea",
            "GW GQ PG",
        ),
        ("Côte d’Ivoire, Cote d'Ivoire, Ivory Coast", "CI"),
        (
            "the Republic of Korea and the Democratic People's Republic of Korea",
            "KR KP",
        ),
        ("the South China Sea and the Indian Ocean, New Mexico", ""),
        ("Indiana, Malicious, Omaniac, Chadwick", ""),
        ("US$10 million", ""),
        (
            "Bosnia and Herzegovina; Trinidad and Tobago; Saint Lucia",
            "BA TT LC",
        ),
        ("Northern Ireland and Ireland", "GB IE"),
        ("Dominican Republic, Dominica", "DO DM"),
        ("Nigeria and Niger", "NG NE"),
        ("Solomon Islands and an Island in the sea", "SB"),
        (
            "哈萨克斯坦共和国与越南的关系，以及美国、法国和德国的政策",
            "KZ VN US FR DE",
        ),
        ("上海地区的经济", ""),
        ("发展中国家与纽芬兰", ""),
        (
            "哈薩克與日本的合作關係，以及美國與烏茲別克的對話",
            "KZ JP US UZ",
        ),
        ("한국과 카자흐스탄은 우호 관계이다. 미국의 정책", "KR KZ US"),
        ("인도적 지원과 한국어 교육", ""),
        ("Казахстан и Вьетнам, США и ООН", "KZ VN US UN"),
        ("Того человека зовут Иван", ""),
        ("Қазақстан мен Жапония", "KZ JP"),
        ("ไทยและญี่ปุ่น เวียดนาม", "TH JP VN"),
        (
            "Việt Nam và Ca-dắc-xtan, Nhật Bản, Đức và Hoa Kỳ ký hiệp định về hợp tác",
            "VN JP DE US",
        ),
        (
            "Deutschland und Frankreich haben mit der Türkei über Kasachstan gesprochen",
            "DE FR TR KZ",
        ),
        (
            "La France et l’Allemagne ont signé un accord avec le Kazakhstan et la Chine",
            "FR DE KZ CN",
        ),
        (
            "España y Alemania firmaron un acuerdo con Japón sobre el comercio",
            "ES DE JP",
        ),
    ]);
}

#[test]
fn cases_in_many_languages() {
    let cases: Vec<(&str, &str)> = include_str!("cases.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap_or((line, "")))
        .collect();
    assert!(cases.len() > 120);
    check(&cases);
}

#[test]
fn places_and_counts() {
    let text = "会談で、ﾍﾞﾄﾅﾑと日本は合意した。ベトナムは歓迎した。";
    let countries = CountryFinder::new().find(&Folded::new(text));
    assert_eq!(countries[0].value.as_str(), "VN");
    assert_eq!(countries[0].count, 2);
    assert_eq!(
        countries[0].range.clone().map(|range| &text[range]),
        Some("ﾍﾞﾄﾅﾑ")
    );
    assert_eq!(
        countries[1].range.clone().map(|range| &text[range]),
        Some("日本")
    );
}

#[test]
fn names_in_any_language() {
    for (name, code) in [
        ("VN", "VN"),
        ("vn", "VN"),
        ("ＶＮ", "VN"),
        ("vnm", "VN"),
        ("ベトナム", "VN"),
        ("ﾍﾞﾄﾅﾑ", "VN"),
        ("ヴェトナム", "VN"),
        ("Vietnam", "VN"),
        ("VIETNAM", "VN"),
        (" viet nam ", "VN"),
        ("越南", "VN"),
        ("Вьетнам", "VN"),
        ("베트남", "VN"),
        ("เวียดนาม", "VN"),
        ("فيتنام", "VN"),
        ("Wietnam", "VN"),
        ("米国", "US"),
        ("アメリカ", "US"),
        ("アメリカ合衆国", "US"),
        ("USA", "US"),
        ("the United States", "US"),
        ("アメリカ　", "US"),
        ("uk", "GB"),
        ("Österreich", "AT"),
        ("oesterreich", ""),
        ("Қазақстан", "KZ"),
        ("Казахстан", "KZ"),
        ("ქართული", ""),
        ("საქართველო", "GE"),
        ("Hrvatska", "HR"),
        ("ソ連", "SU"),
        ("国連", "UN"),
        ("UN", "UN"),
        ("EU", "EU"),
        ("Kosovo", "XK"),
        ("コンゴ", ""),
        ("Congo", ""),
        ("Korea", "KR"),
        ("America", "US"),
        ("Holland", "NL"),
        ("Vietnamese", "VN"),
        ("british", "GB"),
        ("казахстанский", "KZ"),
        ("ベトナム人", "VN"),
        ("日本人", "JP"),
        ("米", "US"),
        ("越", "VN"),
        ("Siam", "TH"),
        ("満州国", "CN"),
        ("Böhmen", ""),
        ("СССР", "SU"),
        ("Deutschland", "DE"),
        ("ДЕРЖАВА", ""),
        ("한국", "KR"),
        ("大韓民国", "KR"),
        ("南極", "AQ"),
        ("Atlantis", ""),
        ("アトランティス", ""),
        ("ZZ", ""),
        ("日本語", ""),
        ("", ""),
    ] {
        let country = Country::named(name).map(|country| country.to_string());
        assert_eq!(country.unwrap_or_default(), code, "{name}");
    }
}

#[test]
fn every_country_is_named_by_its_names() {
    for locale in ["ja", "en", "zh", "ru", "ko", "de"] {
        for country in Country::all() {
            let name = country.name(locale);
            assert_eq!(Country::named(&name), Some(country), "{name}");
        }
    }
    assert_eq!(Country::all().count(), 256);
}

#[test]
fn names_for_readers() {
    let vietnam = Country::named("VN").unwrap();
    for (locale, name) in [
        ("ja", "ベトナム"),
        ("ja_JP.UTF-8", "ベトナム"),
        ("en", "Vietnam"),
        ("en_US.UTF-8", "Vietnam"),
        ("zh_TW.UTF-8", "越南"),
        ("ru", "Вьетнам"),
        ("C", "Vietnam"),
        ("C.UTF-8", "Vietnam"),
        ("POSIX", "Vietnam"),
        ("", "Vietnam"),
        ("??", "Vietnam"),
    ] {
        assert_eq!(vietnam.name(locale), name, "{locale}");
    }
    let name = |code: &str, locale: &str| code.parse::<Country>().unwrap().name(locale);
    assert_eq!(name("US", "ja"), "アメリカ");
    assert_eq!(name("US", "en"), "United States");
    assert_eq!(name("GB", "ja"), "英国");
    assert_eq!(name("HK", "ja"), "香港");
    assert_eq!(name("SU", "ja"), "ソ連");
    assert_eq!(name("SU", "ru"), "Soviet Union");
}

#[test]
fn suggestions() {
    let near = |name: &str| {
        Country::nearest(name)
            .iter()
            .map(|c| c.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert!(near("コンゴ").contains("CD") && near("コンゴ").contains("CG"));
    assert_eq!(near("Kazakhstn"), "KZ");
    assert_eq!(near("カザフタン"), "KZ");
    assert_eq!(near("Veitnam"), "VN");
    assert_eq!(near("Kazakstann"), "KZ");
    assert_eq!(near("ベトナモ"), "VN");
    assert_eq!(near("Вьетнан"), "VN");
    assert_eq!(near("Atlantis"), "");
}

#[test]
fn data_is_a_string() {
    let country: Country = serde_json::from_str("\"VN\"").unwrap();
    assert_eq!(serde_json::to_string(&country).unwrap(), "\"VN\"");
    assert!(serde_json::from_str::<Country>("\"QQ\"").is_err());
    assert!("Vietnam".parse::<Country>().is_err());
}

#[test]
fn the_alias_table_is_well_formed() {
    let mut seen = std::collections::HashSet::new();
    for line in include_str!("../data/country_aliases.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, codes, reason] = columns[..] else {
            panic!("{line:?} has not three columns")
        };
        let mut codes = codes.trim_start_matches(['~', '?']).split(' ');
        assert!(
            codes.all(|code| code == "-" || code == "=" || Country::from_code(code).is_some()),
            "{line}"
        );
        assert!(!reason.is_empty(), "{line}");
        assert!(seen.insert(fold(name)), "{name} is there twice");
    }
}
