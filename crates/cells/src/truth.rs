//! Reads yes and no, and whether something can be bought, in the words of many languages and as
//! numbers. A word that is in no list says neither.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::fault::Fault;

const YES: &str = "true t yes y 1 1.0 on ✓ ✔ x oui o vrai ja j wahr waar si sí s vero verdadero sim verdadeiro да д истина \
     tak prawda ano igen igaz evet doğru kyllä jah da 是 真 对 はい 예 네 نعم enabled active";

const NO: &str = "false f no n 0 0.0 off ✗ ✘ non faux nein falsch nee onwaar falso não nao нет н ложь nie fałsz ne \
     nepravda nem hamis hayır hayir yanlış ei nej nei nu 否 假 不 いいえ 아니요 لا disabled inactive";

/// Words for being on sale now or to order, without spaces.
const THERE: &str = "instock available preorder backorder onbackorder limitedavailability presale onlineonly instoreonly \
     madetoorder lowstock inventory onsale active published vorrätig auflager lieferbar verfügbar sofortlieferbar enstock disponible disponibile \
     disponível emestoque opvoorraad leverbaar pålager ilager skladem dostępny dostupné stokta вналичии entienda raktáron \
     varastossa läs instoc înstoc σεαπόθεμα διαθέσιμο внаявності внаявност 有 有货 有貨 现货 現貨 库存充足 充足 有库存 在售 在售中 \
     上架 已上架 出售中 销售中 预售 預售 预订 預購 可订货 在庫あり 在庫有り 有り あり 販売中 予約 予約受付中 受注生産 残りわずか 재고있음 판매중 예약판매 متوفر متاح";

/// Words for being sold out, without spaces.
const GONE: &str = "outofstock unavailable soldout discontinued reserved notavailable ausverkauft nichtvorrätig \
     nichtlieferbar nichtverfügbar épuisé rupturedestock enrupture horsstock agotado sinexistencias esaurito nondisponibile \
     esgotado indisponível uitverkocht nietopvoorraad udsolgt utsolgt slutsåld slutilager vyprodáno niedostępny wyprzedany \
     tükendi нетвналичии draft archived unpublished withdrawn nichtauflager vergriffen nichtmehrlieferbar rupture épuise nodisponible \
     fueradestock descatalogado foradeestoque semestoque nelmagazzino nonindisponibile nietleverbaar ikkepålager slut nincsraktáron \
     elfogyott loppu loppuunmyyty stocepuizat epuizat εξαντλήθηκε немаєвнаявності няма brakwmagazynie brak neskladem nedostupné \
     无 無 没有 缺货 缺貨 缺 无货 無貨 无库存 库存不足 已售完 售完 售罄 已售罄 售空 下架 已下架 仓库中 停售 停产 停產 断货 斷貨 完売 なし 無し 在庫なし 在庫無し \
     品切れ 在庫切れ 売り切れ 売切 売切れ 販売終了 取扱終了 품절 재고없음 판매종료 غيرمتوفر نفد";

/// What each word says.
type Words = LazyLock<FxHashMap<&'static str, bool>>;

static TRUTH: Words = LazyLock::new(|| words(YES, NO));
static STOCK: Words = LazyLock::new(|| words(THERE, GONE));

/// Whether a word says yes.
pub fn of(field: &'static str, raw: &str) -> Result<bool, Fault> {
    let word = raw.trim().to_lowercase();
    let unknown = || Fault::new(field, raw, "is neither yes nor no; write true or false");
    TRUTH.get(word.as_str()).copied().ok_or_else(unknown)
}

/// Whether a word, or a number of pieces, says that a product can be bought.
pub fn availability(field: &'static str, raw: &str) -> Result<bool, Fault> {
    let name = raw.trim().rsplit(['/', '#', ':']).next().unwrap_or_default();
    let letters: String =
        name.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '\u{a0}' | '!' | '.')).collect();
    let word = letters.to_lowercase();
    let unknown = || Fault::new(field, raw, "is not known; write in_stock or out_of_stock");
    let counted = || pieces(raw).map(|pieces| pieces > 0.0);
    let word = word.as_str();
    let said = STOCK.get(word).or_else(|| TRUTH.get(word)).copied();
    said.or_else(counted).ok_or_else(unknown)
}

/// The number of `12`, `10+`, `> 5`, `５`, `3 Stk.` and `12件`; `None` where it is none.
fn pieces(raw: &str) -> Option<f64> {
    let plain: String = raw.chars().map(crate::value::half_width).collect();
    let number = plain.trim().trim_start_matches(['>', '≥', '~', '+', ' ']);
    let end = number.find(|c: char| !c.is_ascii_digit() && !".,-−".contains(c));
    let (number, unit) = number.split_at(end.unwrap_or(number.len()));
    let unit = unit.trim_matches(|c: char| c.is_whitespace() || c == '+' || c == '.');
    let is_unit = unit.is_empty() || crate::values::PIECES.contains(&unit.to_lowercase().as_str());
    number.replace(',', ".").replace('−', "-").parse().ok().filter(|_| is_unit)
}

fn words(yes: &'static str, no: &'static str) -> FxHashMap<&'static str, bool> {
    let no = no.split(' ').map(|word| (word, false));
    no.chain(yes.split(' ').map(|word| (word, true))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_known_in_many_languages() {
        for yes in ["yes", "TRUE", "1", "oui", "Ja", "sí", "sim", "да", "tak", "是", "はい", "on"]
        {
            assert_eq!(of("x", yes), Ok(true), "{yes}");
        }
        for no in ["no", "False", "0", "non", "Nein", "não", "нет", "nie", "否", "いいえ", "off"]
        {
            assert_eq!(of("x", no), Ok(false), "{no}");
        }
        for neither in ["", "perhaps", "2", "-", "instock"] {
            assert!(of("x", neither).is_err(), "{neither}");
        }
    }

    #[test]
    fn stock_is_a_word_an_address_or_a_number() {
        for there in [
            "in_stock",
            "In Stock",
            "https://schema.org/InStock",
            "preorder",
            "on-backorder",
            "14",
            "yes",
            "Auf Lager",
            "schema:InStock",
            "https://schema.org#BackOrder",
            "10+",
            "> 5",
            "３件",
            "2 Stk.",
            "预售",
            "上架",
            "在庫あり",
        ] {
            assert_eq!(availability("x", there), Ok(true), "{there}");
        }
        for gone in [
            "out of stock",
            "OutOfStock",
            "sold-out",
            "0",
            "-2",
            "no",
            "Épuisé",
            "售罄",
            "discontinued",
            "schema:OutOfStock",
            "无",
            "下架",
            "缺货",
            "売り切れ",
            "0 Stk.",
            "−3",
            "nincs raktáron",
        ] {
            assert_eq!(availability("x", gone), Ok(false), "{gone}");
        }
        for neither in ["maybe", "5 days", "3-5", "soon", "库存"] {
            assert!(availability("x", neither).is_err(), "{neither}");
        }
    }
}
