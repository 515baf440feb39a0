//! Settings in layers of TOML: a later layer replaces single keys of an earlier one.
//!
//! Written here rather than taken from a library: one table, merged and read once, is a fifth of
//! the code that a library of providers generated for the same settings.

use std::io::ErrorKind;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

/// Between the section and the key in the name of an environment variable.
const SEPARATOR: &str = "__";

/// Names of earlier versions that are still read: a section, its key or the section itself, and the
/// name it has now.
const RENAMED: [(&str, Option<&str>, &str); 2] =
    [("ask", Some("tilt"), "preference_boost"), ("probes", None, "seeded_errors")];

/// The layers so far, as one table, and where they are from.
#[derive(Default)]
pub(super) struct Layers {
    table: Table,
    origins: Vec<String>,
}

impl Layers {
    /// Adds settings written in TOML.
    ///
    /// # Errors
    /// The line that is not TOML.
    pub(super) fn text(mut self, origin: &str, text: &str) -> Result<Self, String> {
        let table = text.parse::<Table>().map_err(|error| format!("{origin}: {error}"))?;
        merge(&mut self.table, under_present_names(table));
        self.origins.push(origin.to_owned());
        Ok(self)
    }

    /// Adds a file where there is one.
    ///
    /// # Errors
    /// A file that cannot be read, or the line that is not TOML.
    pub(super) fn file(self, path: &Path) -> Result<Self, String> {
        match std::fs::read_to_string(path) {
            Ok(text) => self.text(&path.display().to_string(), &text),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(self),
            Err(error) => Err(format!("{} cannot be read: {error}", path.display())),
        }
    }

    /// Adds the environment variables named `<prefix><SECTION>__<KEY>`. A name without a section
    /// is not a setting.
    pub(super) fn environment(
        mut self,
        prefix: &str,
        variables: impl Iterator<Item = (String, String)>,
    ) -> Self {
        for (name, value) in variables {
            let Some(path) = name.strip_prefix(prefix).filter(|path| path.contains(SEPARATOR))
            else {
                continue;
            };
            let path = path.to_lowercase();
            let nested = path.rsplit(SEPARATOR).fold(typed(&value), |inner, key| {
                Value::Table(Table::from_iter([(key.to_owned(), inner)]))
            });
            if let Value::Table(table) = nested {
                merge(&mut self.table, under_present_names(table));
            }
            self.origins.push(name);
        }
        self
    }

    /// Reads the layers.
    ///
    /// # Errors
    /// The key, the expected value, and the places that the settings are from.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, String> {
        let origins = self.origins.join(", ");
        T::deserialize(Value::Table(self.table))
            .map_err(|error| error.to_string().trim_end().replace('\n', " "))
            .map_err(|problem| format!("{problem}; set by {origins}"))
    }
}

/// A layer with every setting under the name it has now.
fn under_present_names(mut table: Table) -> Table {
    for (section, key, now) in RENAMED {
        let around = match key {
            Some(_) => table.get_mut(section).and_then(Value::as_table_mut),
            None => Some(&mut table),
        };
        if let Some(around) = around
            && let Some(value) = around.remove(key.unwrap_or(section))
        {
            merge(around, Table::from_iter([(now.to_owned(), value)]));
        }
    }
    table
}

/// Tables are merged key by key; every other value replaces the one below.
fn merge(below: &mut Table, above: Table) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => merge(below, above),
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

/// The value that a text in the environment means: true or false, a number, `[a, b]`,
/// `{key = value}`, a quoted text; everything else as it stands.
fn typed(raw: &str) -> Value {
    let raw = raw.trim();
    if let Ok(truth) = raw.parse() {
        return Value::Boolean(truth);
    }
    if let Ok(whole) = raw.parse() {
        return Value::Integer(whole);
    }
    if let Ok(real) = raw.parse() {
        return Value::Float(real);
    }
    if raw.starts_with(['"', '\'', '[', '{']) {
        let read = format!("value = {raw}").parse::<Table>();
        if let Some(value) = read.ok().and_then(|mut table| table.remove("value")) {
            return value;
        }
    }
    // Elements need no quotes, since a shell would eat them.
    match raw.strip_prefix('[').and_then(|raw| raw.strip_suffix(']')) {
        Some(elements) => Value::Array(elements.split(',').map(typed).collect()),
        None => Value::String(raw.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Settings {
        serve: Serve,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Serve {
        listen: String,
        burst: u32,
        share: f32,
        open: bool,
        origins: Vec<String>,
        key: Option<String>,
    }

    const DEFAULTS: &str =
        "[serve]\nlisten = \"a:1\"\nburst = 1\nshare = 0.5\nopen = false\norigins = []\n";

    fn with_environment(pairs: &[(&str, &str)]) -> Result<Settings, String> {
        let pairs = pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
        Layers::default().text("the defaults", DEFAULTS)?.environment("CANDOR_", pairs).read()
    }

    #[test]
    fn a_later_layer_replaces_only_the_keys_it_names() {
        let layers = Layers::default().text("the defaults", DEFAULTS).unwrap();
        let layers = layers.text("candor.toml", "[serve]\nburst = 7\norigins = [\"x\"]").unwrap();
        let serve = layers.read::<Settings>().unwrap().serve;
        assert_eq!((serve.listen.as_str(), serve.burst, serve.share), ("a:1", 7, 0.5));
        assert_eq!(serve.origins, ["x"]);
    }

    #[test]
    fn the_environment_is_read_as_the_types_it_means() {
        let settings = with_environment(&[
            ("CANDOR_SERVE__LISTEN", "0.0.0.0:8080"),
            ("CANDOR_SERVE__BURST", "12"),
            ("CANDOR_SERVE__SHARE", "1"),
            ("CANDOR_SERVE__OPEN", "true"),
            ("CANDOR_SERVE__ORIGINS", "[https://a.example, https://b.example]"),
            ("CANDOR_SERVE__KEY", "'123'"),
            ("CANDOR_SHOP", "./shop"), // no section, so no setting
            ("HOME", "/root"),
        ]);
        let serve = settings.unwrap().serve;
        assert_eq!((serve.listen.as_str(), serve.burst), ("0.0.0.0:8080", 12));
        assert_eq!((serve.share, serve.open), (1.0, true));
        assert_eq!(serve.origins, ["https://a.example", "https://b.example"]);
        assert_eq!(serve.key.as_deref(), Some("123"));
    }

    #[test]
    fn a_wrong_value_is_reported_with_its_key_and_where_settings_are_from() {
        let error = with_environment(&[("CANDOR_SERVE__BURST", "many")]).unwrap_err();
        for part in ["serve.burst", "many", "the defaults, CANDOR_SERVE__BURST"] {
            assert!(error.contains(part), "{part}: {error}");
        }
        let error = with_environment(&[("CANDOR_SERVE__BRUST", "3")]).unwrap_err();
        assert!(error.contains("brust") && error.contains("burst"), "{error}");
    }

    #[test]
    fn a_file_that_is_not_toml_is_reported_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("candor.toml");
        assert!(Layers::default().file(&path).is_ok());
        std::fs::write(&path, "[serve]\nburst = = 3\n").unwrap();
        let error = Layers::default().file(&path).err().unwrap();
        assert!(error.contains("candor.toml") && error.contains("line 2"), "{error}");
    }
}
