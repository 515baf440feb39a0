//! Names of months and weekdays, and the small words between them, in the languages of Europe.

/// How the names of each month begin, in lower case. A beginning that means two months in two
/// languages is in no list: `lip` is July in Polish and June in Croatian.
const MONTHS: [&[&str]; 12] = [
    &[
        "jan",
        "jän",
        "jaan",
        "ene",
        "gen",
        "sty",
        "янв",
        "яну",
        "јан",
        "січ",
        "oca",
        "led",
        "tammi",
        "ian",
        "sij",
        "sau",
        "ιαν",
        "בינו",
        "ינו",
        "ינואר",
        "يناير",
        "ژانویه",
    ],
    &[
        "feb",
        "fév",
        "fev",
        "fèv",
        "lut",
        "фев",
        "феб",
        "лют",
        "şub",
        "únor",
        "února",
        "helmi",
        "veeb",
        "velj",
        "vas",
        "φεβ",
        "בפבר",
        "פבר",
        "فبراير",
        "فوریه",
    ],
    &[
        "mar", "mär", "már", "mae", "mrz", "mrt", "maa", "мар", "бер", "břez", "ožu", "kov", "mac",
        "μαρ", "במרץ", "מרץ", "مارس",
    ],
    &[
        "apr",
        "avr",
        "abr",
        "ápr",
        "kwi",
        "апр",
        "квіт",
        "nis",
        "dub",
        "huhti",
        "tra",
        "bal",
        "απρ",
        "באפר",
        "אפר",
        "أبريل",
        "آوریل",
    ],
    &[
        "mai", "may", "mei", "maj", "maí", "máj", "maio", "mag", "май", "мая", "мај", "трав",
        "květ", "touko", "svi", "geg", "μαΐ", "μαι", "במאי", "מאי", "مايو",
    ],
    &[
        "jun",
        "jún",
        "jūn",
        "juun",
        "juin",
        "giu",
        "iun",
        "cze",
        "июн",
        "юни",
        "јун",
        "черв",
        "haz",
        "červn",
        "kesä",
        "lipnj",
        "bir",
        "ιουν",
        "ביוני",
        "יוני",
        "يونيو",
        "ژوئن",
    ],
    &[
        "jul",
        "júl",
        "jūl",
        "juul",
        "juil",
        "lug",
        "iul",
        "lipc",
        "lipiec",
        "июл",
        "юли",
        "јул",
        "лип",
        "tem",
        "červenec",
        "července",
        "heinä",
        "srpnj",
        "liep",
        "ιουλ",
        "ביולי",
        "יולי",
        "يوليو",
        "ژوئیه",
    ],
    &[
        "aug",
        "aoû",
        "aou",
        "ago",
        "avg",
        "ágú",
        "agu",
        "ogo",
        "sie",
        "авг",
        "серп",
        "ağu",
        "srpna",
        "srpen",
        "elo",
        "kol",
        "rugp",
        "αυγ",
        "באוג",
        "אוג",
        "أغسطس",
        "اوت",
    ],
    &[
        "sep",
        "set",
        "szept",
        "wrz",
        "сен",
        "сеп",
        "вер",
        "eyl",
        "zář",
        "syys",
        "ruj",
        "rugs",
        "σεπ",
        "בספט",
        "ספט",
        "سبتمبر",
        "سپتامبر",
    ],
    &[
        "oct",
        "okt",
        "out",
        "ott",
        "paź",
        "paz",
        "окт",
        "жовт",
        "eki",
        "říj",
        "loka",
        "spal",
        "οκτ",
        "באוק",
        "אוק",
        "أكتوبر",
        "اکتبر",
    ],
    &[
        "nov",
        "nóv",
        "noi",
        "ноя",
        "ное",
        "нов",
        "лист",
        "kas",
        "marras",
        "stud",
        "stu",
        "listopadu",
        "lapk",
        "νοε",
        "בנוב",
        "נוב",
        "نوفمبر",
        "نوامبر",
    ],
    &[
        "dec",
        "déc",
        "dez",
        "dic",
        "des",
        "dis",
        "det",
        "gru",
        "дек",
        "дец",
        "груд",
        "ara",
        "pro",
        "joulu",
        "δεκ",
        "בדצמ",
        "דצמ",
        "ديسمبر",
        "دسامبر",
    ],
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
const FILLERS: [&str; 27] = [
    "at", "um", "uhr", "à", "a", "de", "del", "of", "the", "kl", "kl.", "om", "às", "alle",
    "o'clock", "г", "г.", "р", "р.", "m.", "d.", "g.", "gada", "ค.ศ.", "den", "el", "le",
];

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = word.trim_matches(['.', ',']);
    let word = word.trim_end_matches(['׳', '\'']);
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
