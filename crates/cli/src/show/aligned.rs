//! Columns of text that line up, for people.

use domain::Statistic;

/// Lines of cells as text: the first column to the left, the others to the right.
pub(crate) fn aligned(lines: &[Vec<String>]) -> String {
    let n_columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..n_columns).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let cells = line.iter().zip(&widths).enumerate();
        let padded = cells.map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        text += padded.collect::<Vec<_>>().join("  ").trim_end();
        text.push('\n');
    }
    text
}

/// A number with its digits; a dash where there is none.
pub(crate) fn number(value: Option<&f64>, n_digits: usize) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.n_digits$}"))
}

/// `[low, high]`; a dash where there is none.
pub(crate) fn interval(ends: Option<&[f64; 2]>, n_digits: usize) -> String {
    match ends {
        Some([low, high]) => format!("[{low:.n_digits$}, {high:.n_digits$}]"),
        None => "–".to_owned(),
    }
}

/// `label: why`, one line, where a statistic is unknown.
pub(crate) fn reason<T>(label: &str, statistic: &Statistic<T>) -> String {
    statistic.reason().map(|reason| format!("  {label}: {reason}\n")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_also_beside_characters_of_several_bytes() {
        let line = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let text = aligned(&[line(["α", "1.25"]), line(["omega", "–"])]);
        assert_eq!(text, "α      1.25\nomega     –\n");
    }
}
