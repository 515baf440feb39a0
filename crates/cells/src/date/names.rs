//! Names of months and weekdays, and the small words between them, in the languages of Europe.

/// How the names of each month begin, in lower case.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene", "gen", "sty", "янв", "oca", "leden", "ledna", "tammi"],
    &["feb", "fév", "fev", "fèv", "lut", "фев", "şub", "únor", "února", "helmi"],
    &["mar", "mär", "mae", "mrz", "mrt", "maa", "мар", "břez"],
    &["apr", "avr", "abr", "kwi", "апр", "nis", "dub", "huhti"],
    &["mai", "may", "mei", "maj", "maio", "mag", "май", "мая", "květ", "touko"],
    &["jun", "juin", "giu", "cze", "июн", "haz", "červn", "kesä"],
    &["jul", "juil", "lug", "lip", "июл", "tem", "červenec", "července", "heinä"],
    &["aug", "aoû", "aou", "ago", "sie", "авг", "ağu", "srp", "elo"],
    &["sep", "set", "wrz", "сен", "eyl", "zář", "syys"],
    &["oct", "okt", "out", "ott", "paź", "paz", "окт", "eki", "říj", "loka"],
    &["nov", "ноя", "kas", "marras"],
    &["dec", "déc", "dez", "dic", "des", "gru", "дек", "ara", "pros", "joulu"],
];

/// Names of weekdays and their short forms; some begin like months.
const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun \
     montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so \
     lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim \
     lunes martes miércoles miercoles jueves viernes sábado sabado domingo mié mie jue vie sáb sab dom \
     lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi venerdì venerdi domenica gio \
     segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira seg ter qua qui sex \
     maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo \
     måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag mån tis ons tor fre lör sön lør søn";

/// Words that say nothing.
const FILLERS: [&str; 15] = [
    "at", "um", "uhr", "à", "a", "de", "del", "of", "the", "kl", "kl.", "om", "às", "alle",
    "o'clock",
];

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = word.trim_matches(['.', ',']);
    if word.chars().count() < 3 || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    if word.chars().count() > 3 && is_weekday(word) {
        return None;
    }
    // The longest beginning wins: Finnish `marraskuu` begins like March.
    let beginnings =
        MONTHS.iter().zip(1..).flat_map(|(names, n)| names.iter().map(move |name| (name, n)));
    let fitting = beginnings.filter(|(name, _)| word.starts_with(**name));
    fitting.max_by_key(|(name, _)| name.len()).map(|(_, n)| n)
}

pub(super) fn is_weekday(word: &str) -> bool {
    let word = word.trim_matches(['.', ',']);
    WEEKDAYS.split(' ').any(|day| day == word)
}

pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// The digits of `31st`, `1er` or `1º`.
pub(super) fn without_ordinal(word: &str) -> &str {
    let ends = ["st", "nd", "rd", "th", "er", "º", "°", "ª"];
    ends.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}
