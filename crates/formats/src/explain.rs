//! Says how a file would be read before it is: the meaning of each column of a table, and how its
//! numbers and dates are written. Rows are counted by a reading itself.

use std::path::Path;

use cells::verdict::Verdict;

use crate::read::{survey, table};
use crate::text::rows::Rows;
use crate::{Error, Format, Input, Options, Progress};

/// How a file would be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Explained {
    /// The columns of a table of format `csv`, in order; of other formats none.
    pub columns: Vec<Column>,
    /// What the cells show of how numbers and dates are written, by field.
    pub writing: Vec<(&'static str, &'static str)>,
}

/// A column and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Column {
    /// Its name in the header.
    pub name: String,
    /// The field it is read as; `None` where it is not read.
    pub field: Option<&'static str>,
}

/// Explains a file of a format.
///
/// # Errors
/// Those of opening the file and of its header.
pub fn explain(format: Format, options: &Options, path: &Path) -> Result<Explained, Error> {
    let open = || Input::open(path, &Progress::default());
    let columns = if format == Format::Csv {
        let input = open()?;
        let file = input.name().to_owned();
        let header = Rows::open(input, options.delimiter)?.header()?;
        table::meanings(&file, &header, options)?
            .into_iter()
            .map(|(name, field)| Column { name, field })
            .collect()
    } else {
        Vec::new()
    };
    let evidence = survey(format, options, open()?);
    let mut writing = Vec::new();
    for field in evidence.fields() {
        writing.extend(match evidence.decimal_of(field) {
            Verdict::Silent => None,
            Verdict::Is(mark) => Some((field, mark.words())),
            Verdict::Mixed => Some((field, "decimal commas as well as decimal points")),
        });
        writing.extend(match evidence.order_of(field) {
            Verdict::Silent => None,
            Verdict::Is(order) => Some((field, order.words())),
            Verdict::Mixed => {
                Some((field, "days first as well as months first: say --dates dmy or --dates mdy"))
            }
        });
    }
    Ok(Explained { columns, writing })
}
