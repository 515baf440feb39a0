//! Reads files of one format from disk, in the order given. Refuses to mix formats in one call.

use std::path::Path;

use crate::sequences::{self, KnownCategories};
use crate::{
    Error, Format, Input, Options, Output, Progress, Summary, Visit, amazon, recbole, table,
};

/// Streams every record of the files to `visit`, which stops the import by returning `Break`.
///
/// Which of several files holds events, reviews or items is told by content, never by name.
///
/// # Errors
/// The first [`Error`] met. Records of earlier rows have been handed on by then.
pub fn read<P: AsRef<Path>>(
    format: Format,
    options: &Options,
    paths: &[P],
    progress: &Progress,
    visit: &mut Visit<'_>,
) -> Result<Summary, Error> {
    options.check(format)?;
    let mut output = Output::new(format, visit);
    for path in paths {
        if output.is_stopped() {
            break;
        }
        read_file(format, options, path.as_ref(), progress, &mut output)?;
    }
    Ok(output.into_summary())
}

fn read_file(
    format: Format,
    options: &Options,
    path: &Path,
    progress: &Progress,
    output: &mut Output<'_>,
) -> Result<(), Error> {
    let input = Input::open(path, progress)?;
    match format {
        Format::Sequences => read_sequences(path, input, options, output),
        Format::Csv => table::read(input, options, output),
        Format::AmazonReviews => amazon::read(input, options.kind, output),
        Format::Recbole => recbole::read(input, options, output),
    }
}

/// Looks into the file before reading it. The looks are not progress.
fn read_sequences(
    path: &Path,
    input: Input<'_>,
    options: &Options,
    output: &mut Output<'_>,
) -> Result<(), Error> {
    let look = || Input::open(path, &Progress::default());
    if sequences::is_item_table(look()?)? {
        let categories = KnownCategories::survey(look()?)?;
        sequences::read_items(input, &categories, output)
    } else {
        sequences::read(input, options.kind, output)
    }
}
