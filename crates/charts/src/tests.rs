//! Properties that hold for every chart, whatever it is given.

use domain::Language;
use proptest::prelude::*;

use super::*;

fn about(title: &str) -> About {
    About::new(title, "what is to be seen", Language::En)
}

/// One chart of each kind of some labels and numbers.
fn each_kind(labels: &[String], values: &[f64]) -> Vec<Box<dyn Chart>> {
    let named = || labels.iter().cloned().zip(values.iter().copied()).enumerate();
    let axis = |label: &str| Axis::new(label, Unit::Percent(1));
    let title = labels.first().map_or("", String::as_str);
    let bar = |(colour, (label, value)): (usize, (String, f64))| Bar {
        label,
        value: Some(value),
        interval: Some([value - 1.0, value + 1.0]),
        colour,
    };
    let point = |(colour, (label, value)): (usize, (String, f64))| Point {
        label,
        x: Some(colour as f64),
        y: Some(value),
        colour,
    };
    let line = |(n, (label, value)): (usize, (String, f64))| Line {
        label,
        points: vec![(0.0, value), (n as f64 + 1.0, value / 2.0)],
    };
    let slice = |(_, (label, value)): (usize, (String, f64))| Slice { label, value };
    let (names, about) = (title.to_owned(), about(title));
    vec![
        Box::new(Bars {
            about: about.clone().with_legend(labels),
            names: names.clone(),
            axis: axis(title),
            bars: named().map(bar).collect(),
        }),
        Box::new(Scatter {
            about: about.clone(),
            names: names.clone(),
            x: axis("x"),
            y: axis(title),
            points: named().map(point).collect(),
        }),
        Box::new(Lines {
            about: about.clone(),
            x: axis("x"),
            y: axis(title),
            lines: named().map(line).collect(),
            step: None,
        }),
        Box::new(Pies {
            about: about.clone(),
            names: names.clone(),
            parts: names.clone(),
            axis: axis("y"),
            wholes: labels
                .iter()
                .map(|label| Whole { label: label.clone(), slices: named().map(slice).collect() })
                .collect(),
        }),
        Box::new(Pie { about, names, axis: axis("y"), slices: named().map(slice).collect() }),
    ]
}

/// Whether every element that is opened is closed in order, and what stands between them.
fn elements_and_texts(markup: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut open, mut elements, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for part in markup.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("every tag ends");
        assert!(!text.contains('>'), "a stray bracket in {text:?}");
        texts.push(text);
        let name = tag.split([' ', '/']).find(|word| !word.is_empty()).unwrap_or_default();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "elements close in order");
        } else {
            elements.push(tag);
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
    }
    assert_eq!(open, Vec::<&str>::new(), "every element is closed");
    (elements, texts)
}

#[test]
fn a_figure_names_itself_shows_values_on_hover_and_lists_them_in_a_table() {
    let labels = ["blend".to_owned(), "popularity".to_owned()];
    for chart in each_kind(&labels, &[0.25, 0.125]) {
        let (svg, table) = (chart.svg(), chart.table().html());
        assert!(
            svg.starts_with("<svg role=\"img\"") && svg.contains("<desc>what is to be seen</desc>")
        );
        assert!(svg.contains("<title>blend</title>"), "{svg}");
        assert!(
            svg.contains("12.5 %</title>") || svg.contains("12.5 % ("),
            "no value on hover: {svg}"
        );
        assert!(table.contains("12.5 %") && table.contains("25.0 %"), "{table}");
        let figure = chart.figure();
        assert!(figure.contains(&svg) && figure.contains(&table));
    }
}

#[test]
fn a_number_that_could_not_be_computed_is_listed_as_missing() {
    let labels = ["none".to_owned(), "one".to_owned()];
    for chart in each_kind(&labels, &[f64::NAN, 0.5]) {
        let figure = chart.figure();
        assert!(!figure.contains("NaN") && figure.contains("–</td>"), "{figure}");
    }
}

#[test]
fn a_bar_is_as_long_as_its_value_says() {
    let bar = |value| Bar { label: "b".into(), value: Some(value), interval: None, colour: 0 };
    let axis = Axis::new("share", Unit::Plain(2));
    let bars = [1.0, 0.5].map(bar).to_vec();
    let svg = Bars { about: about("two"), names: "n".into(), axis, bars }.svg();
    let lengths: Vec<f64> = svg
        .split("<rect class=\"c0\"")
        .skip(1)
        .map(|rect| rect.split("width=\"").nth(1).and_then(|w| w.split('"').next()).unwrap())
        .map(|width| width.parse().unwrap())
        .collect();
    assert_eq!(lengths.len(), 2);
    assert!((lengths[0] / lengths[1] - 2.0).abs() < 1e-2, "{lengths:?}");
}

/// Where a text stands in a drawing.
fn place_of(svg: &str, text: &str) -> (f64, f64) {
    let before = svg.split(&format!(">{text}</text>")).next().unwrap();
    let tag = before.rsplit('<').next().unwrap();
    let number = |name: &str| {
        let value = tag.split(&format!(" {name}=\"")).nth(1).unwrap();
        value.split('"').next().unwrap().parse().unwrap()
    };
    (number("x"), number("y"))
}

fn scatter(places: &[(&str, f64, f64)]) -> String {
    let point = |&(label, x, y): &(&str, f64, f64)| Point {
        label: label.to_owned(),
        x: Some(x),
        y: Some(y),
        colour: 0,
    };
    let axis = |label: &str| Axis::new(label, Unit::Plain(2));
    let points = places.iter().map(point).collect();
    let (x, y) = (axis("across"), axis("upwards"));
    Scatter { about: about("two"), names: "n".into(), x, y, points }.svg()
}

#[test]
fn an_axis_is_named_at_its_middle_and_above_its_top_however_narrow_its_range() {
    for far in [0.02, 0.9, 1e6] {
        let svg = scatter(&[("a", 0.0, 0.0), ("b", far, far)]);
        assert_eq!(place_of(&svg, "across").0, 385.0, "{far}");
        assert!(place_of(&svg, "upwards").1 < place_of(&svg, "b").1, "{far}");
    }
}

#[test]
fn labels_of_points_at_one_place_do_not_stand_on_each_other() {
    let svg = scatter(&[("one", 0.5, 0.5), ("two", 0.5, 0.5), ("far", 0.9, 0.9)]);
    let [one, two] = ["one", "two"].map(|label| place_of(&svg, label));
    assert!(one.0 == two.0 && (one.1 - two.1).abs() >= 13.0, "{one:?} {two:?}");
}

#[test]
fn a_line_breaks_where_days_are_left_out_and_a_lone_day_is_a_dot() {
    let path = |days: &[f64], step| {
        let points = days.iter().map(|day| (*day, 0.5)).collect();
        let axis = |label: &str| Axis::new(label, Unit::Plain(0));
        let lines = vec![Line { label: "bought".to_owned(), points }];
        let svg = Lines { about: about("days"), x: axis("day"), y: axis("y"), lines, step }.svg();
        let path = svg.split(" d=\"").nth(1).and_then(|d| d.split('"').next()).unwrap().to_owned();
        (path.matches('M').count(), path.matches('L').count(), svg.matches("<circle").count())
    };
    assert_eq!(path(&[-9.0, -8.0, -5.0, -1.0, 0.0], Some(1.0)), (3, 2, 5));
    assert_eq!(path(&[-9.0, -8.0, -5.0, -1.0, 0.0], None), (1, 4, 5));
}

#[test]
fn entries_of_a_legend_do_not_stand_on_each_other() {
    let legend = ["HR@10", "NDCG@10", "WWW", "blend"];
    let about = about("four").with_legend(legend);
    let bars =
        Bars { about, names: "n".into(), axis: Axis::new("x", Unit::Plain(2)), bars: vec![] };
    let svg = bars.svg();
    // The most room that a wide sans-serif needs at 12 px.
    let width = |text: &str| {
        text.chars().map(|c| if c.is_uppercase() || c == '@' { 11.9 } else { 8.0 }).sum::<f64>()
    };
    for pair in legend.windows(2) {
        let [this, next] = [pair[0], pair[1]].map(|label| place_of(&svg, label).0);
        assert!(this + width(pair[0]) + 18.0 < next, "{pair:?}");
    }
}

#[test]
fn headings_of_numbers_stand_over_them() {
    let bar = Bar { label: "b".into(), value: Some(1.0), interval: None, colour: 0 };
    let axis = Axis::new("share", Unit::Plain(2));
    let html =
        Bars { about: about("one"), names: "n".into(), axis, bars: vec![bar] }.table().html();
    assert!(
        html.contains("<th scope=\"col\">n</th><th scope=\"col\" class=\"number\">share</th>"),
        "{html}"
    );
}

proptest! {
    #[test]
    fn whatever_the_labels_and_numbers_the_markup_holds_and_loads_nothing(
        labels in prop::collection::vec("[\\PC<>&\"']{0,30}", 0..8),
        values in prop::collection::vec(any::<f64>(), 0..8),
    ) {
        for chart in each_kind(&labels, &values) {
            let figure = chart.figure();
            let (elements, texts) = elements_and_texts(&figure);
            for tag in elements {
                let name = tag.split(' ').next().unwrap_or_default();
                prop_assert!(!["script", "image", "use", "a", "style", "link"].contains(&name));
                let outside = ["href=", "style=", "src=", " on"].iter().any(|a| tag.contains(a));
                prop_assert!(!outside, "{tag}");
                prop_assert!(!tag.contains("NaN") && !tag.contains("inf"), "{tag}");
            }
            prop_assert!(texts.iter().all(|text| !text.contains('"')));
        }
    }
}

#[test]
fn pies_say_their_shares_in_figures_without_being_pointed_at() {
    let slice = |label: &str, value| Slice { label: label.to_owned(), value };
    let slices = |yes, no| vec![slice("yes", yes), slice("no", no)];
    let pie = Pie {
        about: about("answers"),
        names: "answer".to_owned(),
        axis: Axis::new("people", Unit::Plain(0)),
        slices: slices(3.0, 1.0),
    };
    assert!(pie.svg().contains(">yes 75 %<"), "{}", pie.svg());
    let pies = Pies {
        about: about("answers"),
        names: "arm".to_owned(),
        parts: "answer".to_owned(),
        axis: pie.axis,
        wholes: vec![
            Whole { label: "first".to_owned(), slices: slices(1.0, 3.0) },
            Whole { label: "nobody".to_owned(), slices: slices(0.0, 0.0) },
        ],
    };
    let svg = pies.svg();
    for part in [">25 %<", ">75 %<", ">first<", ">nobody<", ">–<", ">yes<"] {
        assert!(svg.contains(part), "{part}: {svg}");
    }
    assert_eq!(pies.table().head, ["arm", "answer", "people", "share"]);
}
