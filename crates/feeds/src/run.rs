//! An import while the shop is in service: where its files came from, how far it is, how it ended.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{ImportRecord, ImportRun};
use ulid::Ulid;

/// Where files came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// `candor import`.
    Command,
    /// `PUT /v1/feed`.
    Pushed,
    /// A source of the settings.
    Pulled,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// It runs.
    Running,
    /// Everything was taken in.
    Done,
    /// What is in the files was taken in; whether what is not in them is retired, is asked.
    Asked,
    /// It broke off; `problem` says why.
    Failed,
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Progress {
    /// Bytes read.
    pub bytes: u64,
    /// Of so many.
    pub of_bytes: u64,
    /// Rows read.
    pub read: u64,
    /// Rows on disk.
    pub stored: u64,
}

/// An import and how far it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Run {
    /// Its name.
    pub id: String,
    /// Where the files came from.
    pub origin: Origin,
    /// The feed, where it has a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feed: Option<String>,
    /// The format and the names of the files.
    pub source: String,
    /// How far it is.
    pub state: RunState,
    /// When it began, in milliseconds since 1970.
    pub begun: Timestamp,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
    /// How far the reading is, while it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
    /// What was read, cleaned, left out and loaded, as `candor import --json` prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub report: Option<Value>,
    /// Why it failed. Forgotten once somebody was erased, because it may quote a row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// What is kept of a run beside its report.
#[derive(Serialize, Deserialize)]
struct About {
    origin: Origin,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    feed: Option<String>,
    state: RunState,
    begun: Timestamp,
    ended: Timestamp,
}

impl Run {
    /// The import of a command, which began at `begun`.
    #[must_use]
    pub fn begun(source: String, begun: Timestamp) -> Self {
        Self {
            id: Ulid::generate().to_string(),
            origin: Origin::Command,
            feed: None,
            source,
            state: RunState::Running,
            begun,
            ended: None,
            progress: None,
            report: None,
            problem: None,
        }
    }

    /// What is kept of it with its report, once it has ended.
    #[must_use]
    pub fn kept(&self, state: RunState, ended: Timestamp) -> ImportRun {
        let about =
            About { origin: self.origin, feed: self.feed.clone(), state, begun: self.begun, ended };
        let about = serde_json::to_string(&about).expect("names and times are plain data");
        ImportRun { id: self.id.clone(), about }
    }

    /// The run of a record; `None` of an import of an earlier version.
    #[must_use]
    pub fn of(record: &ImportRecord) -> Option<Self> {
        let kept = record.run.as_ref()?;
        let about: About = serde_json::from_str(&kept.about).ok()?;
        let mut report: Value = serde_json::from_str(&record.report).ok()?;
        let rejects = record.rejects.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let (mut problem, is_failed) = (None, about.state == RunState::Failed);
        if is_failed {
            problem = rejects.as_ref().and_then(cause_of);
        } else if let Some(rejects) = rejects
            && let Some(read) = report.pointer_mut("/prepared/read")
        {
            read["rejects"] = rejects;
        }
        Some(Self {
            id: kept.id.clone(),
            origin: about.origin,
            feed: about.feed,
            source: record.source.clone(),
            state: about.state,
            begun: about.begun,
            ended: Some(about.ended),
            progress: None,
            report: (!is_failed).then_some(report),
            problem,
        })
    }

    /// The record of a run that failed. The problem stands where quoted rows stand, since it may
    /// quote one.
    #[must_use]
    pub fn failed(&self, problem: &str, ended: Timestamp) -> ImportRecord {
        let cause = serde_json::json!([{"source": self.source, "line": 0, "cause": problem}]);
        ImportRecord {
            at: ended,
            source: self.source.clone(),
            report: "{}".to_owned(),
            rejects: Some(cause.to_string()),
            run: Some(self.kept(RunState::Failed, ended)),
        }
    }
}

fn cause_of(rejects: &Value) -> Option<String> {
    rejects.get(0)?.get("cause")?.as_str().map(str::to_owned)
}
