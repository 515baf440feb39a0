//! Header names that are understood without a mapping; `data/headers.txt` lists them by field.

use crate::Field;

const NAMES: &str = include_str!("../../../../data/headers.txt");

/// Header names that mean a field, best first, as `plain` in `text::header` writes them.
pub(super) fn known_names(field: Field) -> impl Iterator<Item = &'static str> {
    let lines = NAMES.lines().filter_map(|line| line.split_once(": "));
    let own = lines.filter(move |(name, _)| *name == field.name());
    own.flat_map(|(_, names)| names.split(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::header::plain;

    #[test]
    fn every_line_is_of_a_field_and_names_are_written_as_headers_are_looked_up() {
        for line in NAMES.lines().filter(|line| !line.starts_with('#')) {
            let (field, names) = line.split_once(": ").unwrap();
            assert!(field.parse::<Field>().is_ok(), "{line}");
            names.split(' ').for_each(|name| assert_eq!(plain(name), name, "{line}"));
        }
        for field in Field::ALL {
            assert!(known_names(field).next().is_some(), "{}", field.name());
        }
    }
}
