//! RecBole's atomic files: interactions and items, with a header that types each column. Tabs, line
//! ends and, within sequences, spaces would break a row: they become spaces and underscores.

use std::io::{self, Write};

use super::WriteError;

/// Writes interactions.
pub struct Interactions<W: Write>(io::BufWriter<W>);

impl<W: Write> Interactions<W> {
    /// Begins an `.inter` file.
    ///
    /// # Errors
    /// [`WriteError::Io`].
    pub fn new(out: W) -> Result<Self, WriteError> {
        let mut out = io::BufWriter::new(out);
        out.write_all(b"user_id:token\titem_id:token\ttimestamp:float\tkind:token\n")?;
        Ok(Self(out))
    }

    /// Writes one interaction; `seconds` is a time or a place in the shopper's order.
    ///
    /// # Errors
    /// [`WriteError::Io`].
    pub fn row(
        &mut self,
        user: &str,
        item: &str,
        seconds: f64,
        kind: &str,
    ) -> Result<(), WriteError> {
        Ok(writeln!(self.0, "{}\t{}\t{seconds}\t{kind}", token(user), token(item))?)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// [`WriteError::Io`].
    pub fn finish(mut self) -> Result<(), WriteError> {
        Ok(self.0.flush()?)
    }
}

/// Writes items.
pub struct Items<W: Write>(io::BufWriter<W>);

impl<W: Write> Items<W> {
    /// Begins an `.item` file.
    ///
    /// # Errors
    /// [`WriteError::Io`].
    pub fn new(out: W) -> Result<Self, WriteError> {
        let mut out = io::BufWriter::new(out);
        out.write_all(b"item_id:token\ttitle:token_seq\tbrand:token\tcategories:token_seq\n")?;
        Ok(Self(out))
    }

    /// Writes one item; categories widest first.
    ///
    /// # Errors
    /// [`WriteError::Io`].
    pub fn row(
        &mut self,
        item: &str,
        title: &str,
        brand: &str,
        categories: &[&str],
    ) -> Result<(), WriteError> {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join("_");
        let categories: Vec<String> = categories.iter().map(|name| words(name)).collect();
        let (item, title, brand) = (token(item), token(title), token(brand));
        Ok(writeln!(self.0, "{item}\t{title}\t{brand}\t{}", categories.join(" "))?)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// [`WriteError::Io`].
    pub fn finish(mut self) -> Result<(), WriteError> {
        Ok(self.0.flush()?)
    }
}

fn token(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
