//! One table of writings, and a law: whatever a locale writes comes back or is said to be unclear.

use proptest::prelude::*;

use super::*;

fn told(raw: &str) -> String {
    let show = |time: Timestamp| {
        let time = jiff::Timestamp::from_millisecond(time.0).unwrap();
        time.strftime("%Y-%m-%d %H:%M:%S").to_string()
    };
    let Some(moment) = moment(raw) else { return "none".to_owned() };
    match moment.readings {
        Readings::One(time) => show(time),
        Readings::Counter(time) => format!("counter {}", time.0 / 1000),
        Readings::Serial { day, .. } => format!("serial {}", show(day)),
        Readings::ByOrder(by) => match by.decided(Verdict::Silent) {
            Ok(time) => show(time),
            Err(_) => "unclear".to_owned(),
        },
    }
}

#[test]
fn times_of_many_countries_are_read() {
    for (raw, time) in [
        ("2026-01-31", "2026-01-31 00:00:00"),
        ("2026-01-31T10:15:00Z", "2026-01-31 10:15:00"),
        ("2026-01-31T10:15+0100", "2026-01-31 09:15:00"),
        ("2026-01-31 10:15:00 UTC", "2026-01-31 10:15:00"),
        ("2026-01-31T10:15:00+01:00[Europe/Berlin]", "2026-01-31 09:15:00"),
        ("2026/1/31 9:05", "2026-01-31 09:05:00"),
        ("2026.01.31", "2026-01-31 00:00:00"),
        ("2026. 1. 31.", "2026-01-31 00:00:00"),
        ("2026年1月31日", "2026-01-31 00:00:00"),
        ("2026年1月31日 下午3:05", "2026-01-31 15:05:00"),
        ("2026年01月31日10时30分", "2026-01-31 10:30:00"),
        ("2026년 1월 31일", "2026-01-31 00:00:00"),
        ("20260131", "2026-01-31 00:00:00"),
        ("20260131101500", "2026-01-31 10:15:00"),
        ("20260131T101500Z", "2026-01-31 10:15:00"),
        ("31/01/2026", "2026-01-31 00:00:00"),
        ("01/31/2026", "2026-01-31 00:00:00"),
        ("31-01-2026 10:15", "2026-01-31 10:15:00"),
        ("31.01.2026", "2026-01-31 00:00:00"),
        ("2.1.2026", "2026-01-02 00:00:00"),
        ("02.01.26 08.30", "2026-01-02 08:30:00"),
        ("31.01.2026, 10:15 Uhr", "2026-01-31 10:15:00"),
        ("31/01/2026 10h15", "2026-01-31 10:15:00"),
        ("01/31/2026 1:05 PM", "2026-01-31 13:05:00"),
        ("01/31/2026 12:05:09 a.m.", "2026-01-31 00:05:09"),
        ("1/31/2026 1:05pm", "2026-01-31 13:05:00"),
        ("31/01/2026 23:30 +02:00", "2026-01-31 21:30:00"),
        ("05/05/2026", "2026-05-05 00:00:00"),
        ("02/01/2026", "unclear"),
        ("02-01-2026 10:00", "unclear"),
        ("02/01/26", "unclear"),
        ("31 Jan 2026", "2026-01-31 00:00:00"),
        ("31-Jan-26", "2026-01-31 00:00:00"),
        ("Jan 31, 2026", "2026-01-31 00:00:00"),
        ("January 31st, 2026 10:15 AM", "2026-01-31 10:15:00"),
        ("Sat, 31 Jan 2026 10:15:00 GMT", "2026-01-31 10:15:00"),
        ("Sat, 31 Jan 2026 10:15:00 -0500", "2026-01-31 15:15:00"),
        ("Sat Jan 31 10:15:00 2026", "2026-01-31 10:15:00"),
        ("Sat Jan 31 10:15:00 UTC 2026", "2026-01-31 10:15:00"),
        ("31. März 2026", "2026-03-31 00:00:00"),
        ("1er février 2026", "2026-02-01 00:00:00"),
        ("mardi 3 mars 2026", "2026-03-03 00:00:00"),
        ("31 de enero de 2026", "2026-01-31 00:00:00"),
        ("31 gennaio 2026", "2026-01-31 00:00:00"),
        ("31 stycznia 2026", "2026-01-31 00:00:00"),
        ("31 января 2026", "2026-01-31 00:00:00"),
        ("1291191960", "2010-12-01 08:26:00"),
        ("1291191960000", "2010-12-01 08:26:00"),
        ("1291191960.5", "2010-12-01 08:26:00"),
        ("46053", "serial 2026-01-31 00:00:00"),
        ("46053.4270833333", "serial 2026-01-31 10:15:00"),
        ("46053,5", "serial 2026-01-31 12:00:00"),
        ("5", "counter 5"),
    ] {
        assert_eq!(told(raw), time, "{raw}");
    }
}

#[test]
fn what_is_no_time_is_none() {
    for raw in [
        "",
        "soon",
        "yesterday",
        "31/31/2026",
        "2026-02-30",
        "2026/31/01",
        "32.01.2026",
        "1.7E+09",
        "01/2026",
        "January",
        "10:15",
        "31 Foo 2026",
        "31/01-2026",
        "25:00 31/01/2026",
        "13:00 pm 31/01/2026",
        "1/2/3/2026",
        "-5",
        "31/01/2026 words",
    ] {
        assert_eq!(told(raw), "none", "{raw}");
    }
}

#[test]
fn a_zone_is_read_only_after_a_clock() {
    let zone = |raw| moment(raw).and_then(|moment| moment.zone_minutes);
    assert_eq!(zone("2026-06-01T08:30:00+08:00"), Some(480));
    assert_eq!(zone("2026-06-01T08:30:00-03:30"), Some(-210));
    assert_eq!(zone("01 Jun 2026 08:30:00 -0330"), Some(-210));
    for none in ["2026-06-01", "1291191960", "口红口红口红", "x+99:99", "2026-06-01T08:30:00Z"]
    {
        assert_eq!(zone(none), None, "{none}");
    }
}

proptest! {
    #[test]
    fn every_locales_writing_comes_back_or_is_unclear(
        seconds in 0_i64..4_000_000_000,
        format in prop_oneof![
            Just(("%Y-%m-%d", None)), Just(("%Y/%m/%d", None)), Just(("%Y.%m.%d", None)), Just(("%Y%m%d", None)),
            Just(("%d/%m/%Y", Some(DateOrder::Dmy))), Just(("%-d/%-m/%Y", Some(DateOrder::Dmy))),
            Just(("%d.%m.%Y", Some(DateOrder::Dmy))), Just(("%-d.%-m.%Y", Some(DateOrder::Dmy))),
            Just(("%d-%m-%Y", Some(DateOrder::Dmy))), Just(("%m/%d/%Y", Some(DateOrder::Mdy))),
            Just(("%-m/%-d/%Y", Some(DateOrder::Mdy))), Just(("%m-%d-%Y", Some(DateOrder::Mdy))),
            Just(("%d %b %Y", None)), Just(("%d-%b-%Y", None)), Just(("%B %d, %Y", None)),
            Just(("%a, %d %b %Y", None)), Just(("%Y年%-m月%-d日", None)),
        ],
        clock in prop_oneof![
            Just(" %H:%M:%S"), Just("T%H:%M:%S"), Just(" %-H:%M:%S"), Just(" %I:%M:%S %p"),
            Just(" %H:%M:%S +00:00"), Just(" %H:%M:%S UTC"), Just(" %H.%M.%S"),
        ],
    ) {
        prop_assume!(format.0.starts_with("%Y-") || !clock.starts_with('T'));
        prop_assume!(format.0 != "%Y%m%d" || clock == " %H:%M:%S");
        let time = jiff::Timestamp::from_second(seconds).unwrap();
        let raw = time.strftime(&format!("{}{clock}", format.0)).to_string();
        let Some(moment) = moment(&raw) else {
            return Err(TestCaseError::fail(format!("{raw} was not read")));
        };
        let meant = Timestamp(seconds * 1000);
        match (moment.readings, format.1) {
            (Readings::One(time), _) => prop_assert_eq!(time, meant, "{}", raw),
            (Readings::ByOrder(by), Some(order)) => {
                prop_assert_eq!(by.decided(Verdict::Is(order)), Ok(meant), "{}", raw);
            }
            (other, _) => prop_assert!(false, "{raw} is {other:?}"),
        }
    }

    #[test]
    fn no_text_makes_it_panic(raw in "\\PC{0,30}", like in "[0-9/.: TZ+apm-]{0,24}") {
        moment(&raw);
        moment(&like);
    }
}
