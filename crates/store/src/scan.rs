//! Handing rows over one by one: how a callback ends a scan early, and how its own error reaches
//! the caller of the scan unchanged.

use std::ops::ControlFlow;

use crate::StoreError;

/// Takes one row of a scan and says whether the scan goes on.
pub type Each<'a, T> = dyn FnMut(T) -> ControlFlow<()> + 'a;

/// A callback that takes every row and cannot fail.
pub fn every<T>(mut take: impl FnMut(T)) -> impl FnMut(T) -> ControlFlow<()> {
    move |row| {
        take(row);
        ControlFlow::Continue(())
    }
}

/// Runs a scan with a callback that may fail. The first error ends the scan: no further row is
/// handed over.
///
/// # Errors
/// The callback's error as it was, or what the store says.
pub fn try_each<T, E: From<StoreError>>(
    scan: impl FnOnce(&mut Each<'_, T>) -> Result<(), StoreError>,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let mut failed = None;
    scan(&mut |row| match take(row) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    })?;
    failed.map_or(Ok(()), Err)
}

/// Hands over rows that are already in memory.
pub(crate) fn hand_over<T>(rows: impl IntoIterator<Item = T>, each: &mut Each<'_, T>) {
    let _ended = rows.into_iter().try_for_each(each);
}
