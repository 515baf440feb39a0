//! Header names that are understood without a mapping; `data/headers.txt` lists them by field.

use std::sync::LazyLock;

use crate::Field;

const NAMES: &str = include_str!("../../../../data/headers.txt");

/// The names of each field, at its place in [`Field::ALL`].
static BY_FIELD: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let lines: Vec<_> = NAMES.lines().filter_map(|line| line.split_once(": ")).collect();
    let of_field = |field: Field| {
        let own = lines.iter().filter(move |(name, _)| *name == field.name());
        own.flat_map(|(_, names)| names.split(' ')).collect()
    };
    Field::ALL.into_iter().map(of_field).collect()
});

/// Header names that mean a field, best first, as `plain` in `text::header` writes them.
pub(super) fn known_names(field: Field) -> impl Iterator<Item = &'static str> {
    BY_FIELD[field as usize].iter().copied()
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
