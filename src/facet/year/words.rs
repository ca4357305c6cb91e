//! Words around years, in folded spelling (lower case, NFKC). Lists are separated by white space; where a list says so, `_` stands
//! for a space inside an entry, and entries are tried in order.

/// Words for year that follow a number and may be joined to what follows.
pub(super) const AFTER_JOINED: &str = "年 년";

/// Words for year that follow a number as words of their own.
pub(super) const AFTER: &str = "г гг год года году годом годами годы годах годов годам рік року році роком роки р рр \
    жылы жылғы жылдың жылдан жылға жылда ж йил йилда йили оны онд онд година године години \
    yılında yılı yılının yılından roku میلادی م";

/// What the word for year must not be the beginning of.
pub(super) const NOT_AFTER: [&str; 8] = ["代", "대", "生植", "草", "輪", "寄", "功", "賀"];

/// Longer forms: the year of a budget.
pub(super) const AFTER_TAILS: &str = "度 도 版";

/// What follows the number of a decade (`_` is a space).
pub(super) const DECADE: &str = "年代 _年代 년대 _년대 's s -х_год -е_год -х_гг -е_гг -х -е -ші_жыл -жылдар _жылдар -талған_жыл \
    er_jahre er-jahre 'ler 'lar";

/// Words for decade before its number.
pub(super) const BEFORE_DECADE: [&str; 9] = [
    "ทศวรรษ",
    "ทศวรรษที่",
    "années",
    "años",
    "anos",
    "anni",
    "thập niên",
    "thập kỷ",
    "dekade",
];

/// What joins the first and last year of a range (`_` is a space). "and" does so behind "between".
pub(super) const LINKS: &str = "から から翌 ないし 乃至 至 到 부터 에서 to until till through bis à a al au hasta até по до đến \
    đến_năm tới đến_cuối ถึง ถึงปี จนถึงปี إلى تا";

/// What joins them only behind another word.
pub(super) const LINKS_BEHIND: [(&str, &str); 9] = [
    ("between", "and"),
    ("между", "и"),
    ("між", "та"),
    ("entre", "et"),
    ("entre", "y"),
    ("entre", "e"),
    ("zwischen", "und"),
    ("tra", "e"),
    ("giữa", "và"),
];

/// What joins the years of a list.
pub(super) const LIST: &str =
    "、 ・ , and и et und y と や および 及び または 또는 와 과 和 及 と翌 ถึง และ";

/// What follows 年 where it measures time.
pub(super) const DURATION: &str = "間 间 余 ぶり 振り 目 祭 来の もの物 かけて 以上前 以前から続 近く前 がかり 越し 強 弱 分の 忌 \
    戦争 計画 周年 契約 ローン 物の 経 未満 ほど前 くらい前 ぐらい前 ごと 毎 전에 전의 전부터 간의 동안 만에 간 이상 \
    назад бұрын бойы";

/// What follows 年 where a round or a small number measures time.
pub(super) const DURATION_IF_ROUND: &str = "の歴史 の伝統 の時 の都 の古都 の眠り の長 の計 の間 の風雪 にわた に渡 に亘 に及 におよ に一度 に1度 \
    以上 を超え を越え を経 記念 も の昔 という長 近く ほど くらい ぐらい 余り たっ 経っ 続";

/// What follows 年 where a number of two digits is a year.
pub(super) const POINT_IN_TIME: &str = "以降 以来 当時 生まれ 末 春 夏 秋 冬 初頭";

/// What stands before a number that is rough.
pub(super) const ROUGH: &str = "約 およそ おおよそ ほぼ 延べ 合計 総計 最大 过去 過去 今後 向こう わずか 计 約計 总计 약 \
    about approximately nearly almost roughly exceeding environ etwa около";

/// What stands before the years of a jubilee.
pub(super) const JUBILEE: &str =
    "創立 創業 創建 創設 創刊 生誕 没後 死後 遷都 建都 開港 開基 開山 開宗 樹齢";

/// Words before a number that no word calls a year, which make it something else.
pub(super) const BLOCKING: &str = "no nos nr vol art sec v ver version p pp page pages tel fax phone mobile article section chapter \
    paragraph room route highway flight bus model type resolution resolutions rfc iso iec item code zip box lot batch id isbn \
    extension ext usd eur gbp jpy rs us rmb cny krw kzt vnd over than some least only under up total hotel unit units";

/// The same, joined to the number.
pub(super) const BLOCKING_JOINED: &str = "電話 内線 決議 番号 頁 定員 標高 全長";

/// Words before a number after which only a year stands. Months first.
pub(super) const YEAR_BEFORE: &str = "\
    january february march april may june july august september october november december \
    jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn fall winter year years fy cy circa born \
    januar februar märz april mai juni juli august oktober dezember jahr jahre jahres anno \
    janvier février mars avril juin juillet août septembre octobre novembre décembre année \
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre año ano \
    gennaio febbraio marzo aprile maggio giugno luglio settembre ottobre dicembre \
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro nel nell dal \
    jaar år vuonna roce năm tahun maret mei agustus \
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря \
    январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь году год \
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня \
    عام سنة العام السنة سال يناير فبراير مارس أبريل ابريل مايو يونيو يوليو أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر \
    مه ژانویه فوریه آوریل ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر שנת साल वर्ष सन সাল";

/// The same, in scripts without spaces and joined to the number.
pub(super) const YEAR_BEFORE_JOINED: &str = "ปี มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม \
    พฤศจิกายน ธันวาคม ឆ្នាំ ປີ";

/// Words before a number that stand before years more often than before quantities.
pub(super) const IN: &str = "in since during until";

/// Words before a number that stand before years, and before quantities as well.
pub(super) const PREPOSITIONS: &str = "till after before between through from to by of early late mid the and \
    en depuis avant après entre dès de del desde hasta entre em desde im seit bis von zwischen vor nach um \
    в с по до к от и между после у між від під та në i od do w we v tới đến từ في منذ من إلى حتى در از تا में";

/// Words after a number that leave it a year.
pub(super) const FUNCTION: &str = "and or to until till through onward onwards the a an was were is are has had have as by when while with in \
    on at for but he she it they its his her who which where after before during under not also there et à où le la les il elle \
    und bis als wurde war y a el los las fue se em o e kadar đến tới và est";

/// The same in scripts other than Latin.
pub(super) const FUNCTION_OTHER: &str = "по и до та по- և إلى و حتى تا و до, и,";

/// What follows a number without a space and leaves it a year.
pub(super) const JOINED_AFTER: &str =
    "至 到 与 與 和 及 頃 ごろ 以降 以来 春 夏 秋 冬 から まで 生 没 大会";

/// Particles after a number: 東京2020の.
pub(super) const PARTICLES: &str = "の は に を も で と や が へ か ま よ";

/// Endings that are joined to a number by a hyphen.
pub(super) const SUFFIXES: &str = "yil yilda yilgi ci cü cı cu nji njy ben ban től tól es os";

/// Before Christ.
pub(super) const BEFORE_CHRIST: &str = "bc b.c до_н. v._chr av._j a.c. a._c.";

/// What a number measures.
pub(super) const MEASURES: &str = "km km² km2 kg m m² m2 cm mm ha mw gw kw kwh mwh gb mb tb ft feet meters metres meter metre miles mile \
    million billion thousand trillion hundred percent per dollars usd eur euro euros yen yuan won rubles tenge dong \
    tonnes tons ton barrels acres hectares square sq cubic hours hour hrs days weeks months years year times o'clock \
    mètres ans mil años jahre đồng tỷ triệu";

/// What a number counts.
pub(super) const COUNTED: &str = "people person persons troops soldiers students employees refugees workers staff members \
    pages words deaths cases units points votes seats copies cars homes houses families men women children inhabitants \
    habitants personnes habitantes personas einwohner menschen personen soldaten người orang";
