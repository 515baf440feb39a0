//! Reads yes and no, and whether something can be bought, in the words of many languages and as
//! numbers. A word that is in no list says neither.

use crate::fault::Fault;

const YES: &str = "true t yes y 1 1.0 on ✓ ✔ x oui o vrai ja j wahr waar si sí s vero verdadero sim verdadeiro да д истина \
     tak prawda ano igen igaz evet doğru kyllä jah da 是 真 对 はい 예 네 نعم enabled active";

const NO: &str = "false f no n 0 0.0 off ✗ ✘ non faux nein falsch nee onwaar falso não nao нет н ложь nie fałsz ne \
     nepravda nem hamis hayır hayir yanlış ei nej nei nu 否 假 不 いいえ 아니요 لا disabled inactive";

/// Words for being on sale now or to order, without spaces.
const THERE: &str = "instock available preorder backorder onbackorder limitedavailability presale onlineonly instoreonly \
     madetoorder lowstock inventory vorrätig auflager lieferbar verfügbar sofortlieferbar enstock disponible disponibile \
     disponível emestoque opvoorraad leverbaar pålager ilager skladem dostępny dostupné stokta вналичии 有货 有貨 现货 \
     在庫あり 재고있음 متوفر";

/// Words for being sold out, without spaces.
const GONE: &str = "outofstock unavailable soldout discontinued reserved notavailable ausverkauft nichtvorrätig \
     nichtlieferbar nichtverfügbar épuisé rupturedestock enrupture horsstock agotado sinexistencias esaurito nondisponibile \
     esgotado indisponível uitverkocht nietopvoorraad udsolgt utsolgt slutsåld slutilager vyprodáno niedostępny wyprzedany \
     tükendi нетвналичии 缺货 缺貨 无货 無貨 售罄 品切れ 在庫切れ 품절 غيرمتوفر";

/// Whether a word says yes.
pub fn of(field: &'static str, raw: &str) -> Result<bool, Fault> {
    let word = raw.trim().to_lowercase();
    let unknown = || Fault::new(field, raw, "is neither yes nor no; write true or false");
    said(&word, YES, NO).ok_or_else(unknown)
}

/// Whether a word, or a number of pieces, says that a product can be bought.
pub fn availability(field: &'static str, raw: &str) -> Result<bool, Fault> {
    let name = raw.trim().rsplit('/').next().unwrap_or_default();
    let letters: String =
        name.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '\u{a0}' | '!' | '.')).collect();
    let word = letters.to_lowercase();
    let unknown = || Fault::new(field, raw, "is not known; write in_stock or out_of_stock");
    let counted = || raw.trim().parse().ok().map(|pieces: f64| pieces > 0.0);
    said(&word, THERE, GONE).or_else(|| said(&word, YES, NO)).or_else(counted).ok_or_else(unknown)
}

fn said(word: &str, yes: &str, no: &str) -> Option<bool> {
    let is_in = |list: &str| list.split(' ').any(|known| known == word);
    match (word, is_in(yes), is_in(no)) {
        ("", ..) | (_, false, false) => None,
        (_, is_yes, _) => Some(is_yes),
    }
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
        ] {
            assert_eq!(availability("x", gone), Ok(false), "{gone}");
        }
        assert!(availability("x", "maybe").is_err());
    }
}
