//! Rows as Parquet: gathered into row groups, each written column by column. Every column is
//! optional; texts are UTF-8, instants `TIMESTAMP(MILLIS, UTC)`.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::{Cell, Kind, WriteError};

/// Rows gathered before they are written; bounds the memory.
const GROUP_ROWS: usize = 50_000;

/// A Parquet file being written.
pub(super) struct Columns<W: Write + Send> {
    file: SerializedFileWriter<W>,
    gathered: Vec<Gathered>,
    n_rows: usize,
}

impl<W: Write + Send> Columns<W> {
    pub(super) fn new(columns: &[(&str, Kind)], out: W) -> Result<Self, WriteError> {
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let file = SerializedFileWriter::new(out, schema(columns)?, Arc::new(properties))?;
        let gathered = columns.iter().map(|(_, kind)| Gathered::new(*kind)).collect();
        Ok(Self { file, gathered, n_rows: 0 })
    }

    pub(super) fn row(&mut self, cells: Vec<Cell>) -> Result<(), WriteError> {
        for (column, cell) in self.gathered.iter_mut().zip(cells) {
            column.push(cell);
        }
        self.n_rows += 1;
        if self.n_rows == GROUP_ROWS { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<(), WriteError> {
        let mut group = self.file.next_row_group()?;
        for column in &mut self.gathered {
            column.write(&mut group)?;
        }
        group.close()?;
        self.n_rows = 0;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), WriteError> {
        if self.n_rows > 0 {
            self.write_group()?;
        }
        self.file.close()?;
        Ok(())
    }
}

fn schema(columns: &[(&str, Kind)]) -> Result<TypePtr, WriteError> {
    let field = |(name, kind): &(&str, Kind)| {
        let (physical, logical) = match kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Whole => (Physical::INT64, None),
            Kind::Real => (Physical::DOUBLE, None),
            Kind::Truth => (Physical::BOOLEAN, None),
            Kind::Instant => (Physical::INT64, Some(utc_millis())),
        };
        Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()
            .map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?))
}

fn utc_millis() -> LogicalType {
    LogicalType::timestamp(true, TimeUnit::MILLIS)
}

/// The values of one column that are there, and for each row whether one is.
struct Gathered {
    values: Values,
    is_there: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Whole(Vec<i64>),
    Real(Vec<f64>),
    Truth(Vec<bool>),
}

impl Gathered {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text => Values::Text(Vec::new()),
            Kind::Whole | Kind::Instant => Values::Whole(Vec::new()),
            Kind::Real => Values::Real(Vec::new()),
            Kind::Truth => Values::Truth(Vec::new()),
        };
        Self { values, is_there: Vec::new() }
    }

    /// A cell of another kind than its column's is missing.
    fn push(&mut self, cell: Cell) {
        let is_there = match (&mut self.values, cell) {
            (Values::Text(values), Cell::Text(text)) => {
                push(values, ByteArray::from(text.as_str()))
            }
            (Values::Whole(values), Cell::Whole(number) | Cell::Instant(number)) => {
                push(values, number)
            }
            (Values::Real(values), Cell::Real(number)) => push(values, number),
            (Values::Truth(values), Cell::Truth(truth)) => push(values, truth),
            _ => 0,
        };
        self.is_there.push(is_there);
    }

    fn write<W: Write + Send>(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), WriteError> {
        let levels = std::mem::take(&mut self.is_there);
        match &mut self.values {
            Values::Text(values) => write::<ByteArrayType, W>(group, values, &levels),
            Values::Whole(values) => write::<Int64Type, W>(group, values, &levels),
            Values::Real(values) => write::<DoubleType, W>(group, values, &levels),
            Values::Truth(values) => write::<BoolType, W>(group, values, &levels),
        }
    }
}

fn push<T>(values: &mut Vec<T>, value: T) -> i16 {
    values.push(value);
    1
}

fn write<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &mut Vec<T::T>,
    levels: &[i16],
) -> Result<(), WriteError> {
    let mut column =
        group.next_column()?.expect("there are as many columns as the schema was made of");
    column.typed::<T>().write_batch(values, Some(levels), None)?;
    column.close()?;
    values.clear();
    Ok(())
}
