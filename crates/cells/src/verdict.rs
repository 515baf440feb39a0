//! What the cells of a field show together.

/// How a field is written, as far as its cells show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<T> {
    /// No cell shows it.
    Silent,
    /// So it is.
    Is(T),
    /// Some cells show one, some the other.
    Mixed,
}
