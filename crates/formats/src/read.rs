//! Reads files of one format from disk, in the order given. One call reads one format.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use crate::input::{PEEKED, Peeked};
use crate::{Error, Format, Input, Options, Output, Progress, Summary, Visit};

pub mod candor;
pub mod ga4;
pub mod retailrocket;
pub mod segment;
pub mod taobao;

pub mod merchant;
pub mod schema_org;
pub mod shopify;
pub mod woocommerce;

pub mod amazon;
pub mod recbole;
pub mod sequences;
pub mod table;

pub mod commerce;
mod latest;
mod unique;
mod variants;

use cells::evidence::Evidence;
use cells::values::Values;
use sequences::KnownCategories;

/// Streams every record of the files to `visit`, which stops the import by returning `Break`.
///
/// Which of several files holds events, reviews or items is told by content, never by name.
///
/// # Errors
/// The first [`Error`] met, where no file could be read whole; else the summary names the files that
/// could not. Records of earlier rows have been handed on by then.
pub fn read<P: AsRef<Path>>(
    format: Format,
    options: &Options,
    paths: &[P],
    progress: &Progress,
    visit: &mut Visit<'_>,
) -> Result<Summary, Error> {
    options.check(format)?;
    let mut output = Output::new(format, visit);
    let (mut n_read, mut first) = (0, None);
    for path in paths {
        if output.is_stopped() {
            break;
        }
        match read_file(format, options, path.as_ref(), progress, &mut output) {
            Ok(()) => n_read += 1,
            Err(error) => {
                output.file_failed(&error);
                first.get_or_insert(error);
            }
        }
    }
    match first {
        Some(error) if n_read == 0 => Err(error),
        _ => Ok(output.into_summary()),
    }
}

fn read_file(
    format: Format,
    options: &Options,
    path: &Path,
    progress: &Progress,
    output: &mut Output<'_>,
) -> Result<(), Error> {
    let input = Input::open(path, progress)?;
    // The looks into a file before it is read are not progress.
    let look = || Input::open(path, &Progress::default());
    if format == Format::Sequences && sequences::is_item_table(look()?)? {
        let categories = KnownCategories::survey(look()?)?;
        return sequences::read_items(input, &categories, output);
    }
    let (known, reopened, again) = (options.surveyed.clone(), path.to_owned(), options.clone());
    output.read_by(Values::with_survey(options.writing(), move || {
        known.of(&reopened, || match Input::open(&reopened, &Progress::default()) {
            Ok(input) => survey(format, &again, input),
            Err(_) => Evidence::default(),
        })
    }));
    dispatch(format, options, input, output)
}

/// What the cells of a text show of how it writes numbers and dates.
pub(crate) fn survey(format: Format, options: &Options, input: Input<'_>) -> Evidence {
    let mut visit = |_| ControlFlow::Continue(());
    let mut output = Output::new(format, &mut visit);
    output.read_by(Values::surveying(options.writing()));
    // An error stops the reading itself too, which tells it.
    let _ = dispatch(format, options, input, &mut output);
    output.into_values().map(Values::into_evidence).unwrap_or_default()
}

/// Parses one text; of `sequences` the events, since a table of items has to be looked at first.
/// The text is read once, so that how it writes numbers and dates is told by its beginning.
///
/// # Errors
/// Those of the format's own `read`.
pub fn parse(
    format: Format,
    options: &Options,
    input: Input<'_>,
    output: &mut Output<'_>,
) -> Result<(), Error> {
    let Peeked { input, head } = input.peeked()?;
    let again = options.clone();
    output.read_by(Values::with_survey(options.writing(), move || {
        let head = Input::new("", whole_lines(&head));
        Arc::new(head.map_or_else(|_| Evidence::default(), |head| survey(format, &again, head)))
    }));
    dispatch(format, options, input, output)
}

/// All but the last line where that is cut off.
fn whole_lines(head: &[u8]) -> &[u8] {
    match head.iter().rposition(|&b| b == b'\n') {
        Some(end) if head.len() >= PEEKED => &head[..=end],
        _ => head,
    }
}

fn dispatch(
    format: Format,
    options: &Options,
    input: Input<'_>,
    output: &mut Output<'_>,
) -> Result<(), Error> {
    match format {
        Format::Sequences => sequences::read(input, options.kind, output),
        Format::Csv => table::read(input, options, output),
        Format::Ga4 => ga4::read(input, output),
        Format::Segment => segment::read(input, output),
        Format::Merchant => merchant::read(input, options, output),
        Format::Shopify => shopify::read(input, options, output),
        Format::Woocommerce => woocommerce::read(input, options, output),
        Format::SchemaOrg => schema_org::read(input, options, output),
        Format::Taobao => taobao::read(input, output),
        Format::Retailrocket => retailrocket::read(input, output),
        Format::Candor => candor::read(input, output),
        Format::AmazonReviews => amazon::read(input, options.kind, output),
        Format::Recbole => recbole::read(input, options, output),
    }
}
