use super::*;

#[test]
fn weights_read_as_shares() {
    assert_eq!(shares(vec![3.0, 1.0, 0.0]), [0.75, 0.25, 0.0]);
    assert_eq!(shares(vec![0.0, 0.0]), [0.0, 0.0]);
}

/// Ranks 1 and 1 against 1 and 3: differences 0 and .5, mean .25, standard error .25 / √2.
#[test]
fn a_gain_is_measured_shopper_by_shopper() {
    let gain = Gain::between(&[1, 1], &[1, 3]);
    assert!((gain.mean - 0.25).abs() < 1e-6);
    assert!((gain.error - 0.25 / 2f32.sqrt()).abs() < 1e-6);
    assert!(!gain.is_noise());
}

#[test]
fn no_difference_and_a_loss_are_noise() {
    assert!(Gain::between(&[2, 5], &[2, 5]).is_noise());
    assert!(Gain::between(&[4, 5], &[1, 1]).is_noise());
    assert!(Gain::between(&[], &[]).is_noise());
}
