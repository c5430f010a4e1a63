//! Stories of two people typing, and properties that hold for any keys and any bytes.

use proptest::prelude::*;

use super::*;

fn edits(text: &str) -> Vec<Edit> {
    Decoder::default().feed(text.as_bytes()).edits
}

fn typed(transcript: &mut Transcript, side: Side, text: &str) {
    for edit in edits(text) {
        transcript.apply(side, edit);
    }
}

fn rows(transcript: &Transcript) -> Vec<(Side, &str, bool)> {
    transcript
        .rows()
        .map(|row| (row.side, row.text, row.live))
        .collect()
}

#[test]
fn two_people_type_at_the_same_time_and_each_keeps_one_live_row() {
    let mut transcript = Transcript::default();
    typed(&mut transcript, Side::Own, "Доб");
    typed(&mut transcript, Side::Other, "Вітаю");
    typed(&mut transcript, Side::Own, "рий день\u{2028}Мені потрібна");
    assert_eq!(
        rows(&transcript),
        [
            (Side::Own, "Добрий день", false),
            (Side::Other, "Вітаю", true),
            (Side::Own, "Мені потрібна", true)
        ]
    );
}

#[test]
fn erasing_past_the_beginning_of_a_line_goes_on_in_the_line_before() {
    let mut transcript = Transcript::default();
    typed(&mut transcript, Side::Own, "так\u{2028}н");
    typed(&mut transcript, Side::Other, "що");
    typed(&mut transcript, Side::Own, "\u{8}\u{8}\u{8}");
    assert_eq!(
        rows(&transcript),
        [(Side::Own, "та", true), (Side::Other, "що", true)]
    );
}

#[test]
fn erasing_more_than_was_typed_leaves_the_other_side_alone() {
    let mut transcript = Transcript::default();
    typed(&mut transcript, Side::Other, "їжак");
    typed(&mut transcript, Side::Own, "а\u{8}\u{8}\u{8}");
    assert_eq!(rows(&transcript), [(Side::Other, "їжак", true)]);
}

#[test]
fn one_erasure_takes_what_a_reader_sees_as_one_character() {
    for (before, after) in [
        ("доро\u{301}", "дор"),
        ("и\u{306}\u{8}й", ""),
        ("👩\u{200D}👧", ""),
        ("🇺🇦", ""),
    ] {
        let mut transcript = Transcript::default();
        typed(&mut transcript, Side::Own, before);
        transcript.apply(Side::Own, Edit::Erase);
        let text: String = transcript.rows().map(|row| row.text).collect();
        assert_eq!(text, after, "{before}");
    }
}

#[test]
fn every_kind_of_line_break_is_one_new_line() {
    for end in ["\r\n", "\n", "\r", "\u{2028}", "\u{2029}"] {
        let expected = [Edit::Insert('а'), Edit::NewLine, Edit::Insert('б')];
        assert_eq!(edits(&format!("а{end}б")), expected, "{end:?}");
    }
    assert_eq!(edits("\n\r"), [Edit::NewLine, Edit::NewLine]);
}

#[test]
fn a_return_and_a_line_feed_in_two_messages_are_one_new_line() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\r").edits, [Edit::NewLine]);
    assert_eq!(decoder.feed("\nї".as_bytes()).edits, [Edit::Insert('ї')]);
}

#[test]
fn a_bell_is_told_and_leaves_no_text() {
    let heard = Decoder::default().feed("\u{FEFF}а\u{7}".as_bytes());
    assert_eq!((heard.edits, heard.bell), (vec![Edit::Insert('а')], true));
}

#[test]
fn controls_of_other_terminals_leave_no_text() {
    for noise in [
        "\u{1B}[1;31m",
        "\u{9B}4m",
        "\u{1B}a",
        "\u{98}private\u{9C}",
        "\0\t\u{7F}\u{85}\u{FEFF}",
    ] {
        assert_eq!(edits(&format!("{noise}ї")), [Edit::Insert('ї')], "{noise:?}");
    }
}

#[test]
fn an_unfinished_control_string_cannot_silence_a_side_for_long() {
    let text = format!("\u{98}{}ї", "x".repeat(257));
    assert_eq!(edits(&text), [Edit::Insert('ї')]);
}

#[test]
fn broken_bytes_are_marked_as_a_loss() {
    let heard = Decoder::default().feed(b"a\xFFb\xD1");
    assert_eq!(
        heard.edits,
        [Edit::Insert('a'), Edit::Insert('\u{FFFD}'), Edit::Insert('b')]
    );
}

#[test]
fn a_loss_is_marked_once_however_often_it_is_told() {
    let mut transcript = Transcript::default();
    typed(&mut transcript, Side::Other, "пасп");
    transcript.mark_loss(Side::Other);
    transcript.mark_loss(Side::Other);
    typed(&mut transcript, Side::Other, "рт");
    assert_eq!(rows(&transcript), [(Side::Other, "пасп\u{FFFD}рт", true)]);
}

#[test]
fn old_rows_fall_off_but_never_a_live_one() {
    let mut transcript = Transcript::default();
    typed(&mut transcript, Side::Other, "чекаю");
    for number in 0..2 * MAX_ROWS {
        typed(&mut transcript, Side::Own, &format!("{number}\n"));
    }
    let rows = rows(&transcript);
    assert_eq!(rows.len(), MAX_ROWS);
    assert_eq!(rows[0], (Side::Other, "чекаю", true));
    assert_eq!(rows[1].1, (MAX_ROWS + 1).to_string());
}

#[test]
fn an_endless_row_is_cut_into_rows() {
    let mut transcript = Transcript::default();
    typed(&mut transcript, Side::Own, &"ї".repeat(MAX_ROW_CHARS + 1));
    let lengths: Vec<_> = transcript
        .rows()
        .map(|row| (row.text.chars().count(), row.live))
        .collect();
    assert_eq!(lengths, [(MAX_ROW_CHARS, false), (1, true)]);
}

#[test]
fn nothing_is_left_after_clearing() {
    let mut transcript = Transcript::default();
    typed(&mut transcript, Side::Own, "таємниця\u{2028}");
    transcript.clear();
    assert_eq!(transcript, Transcript::default());
}

fn an_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => any::<char>().prop_map(Edit::Insert),
        4 => prop::char::range('а', 'є').prop_map(Edit::Insert),
        3 => Just(Edit::Erase),
        2 => Just(Edit::NewLine),
    ]
}

fn a_side() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Own), Just(Side::Other)]
}

/// Bytes in which UTF-8, controls and rubbish are all likely.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<char>().prop_map(|letter| letter.to_string().into_bytes()),
        prop::sample::select(vec!["\r", "\n", "\u{8}", "\u{98}", "\u{9C}", "\u{1B}", "[", "m"])
            .prop_map(|piece| piece.as_bytes().to_vec()),
        any::<u8>().prop_map(|byte| vec![byte]),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_encoded_comes_out_again(edits in prop::collection::vec(an_edit(), 0..200)) {
        let wire: String = edits.iter().map(|edit| edit.encode()).collect();
        let expected: Vec<Edit> = edits
            .into_iter()
            .filter(|edit| !matches!(edit, Edit::Insert(letter) if !is_text(*letter)))
            .collect();
        prop_assert_eq!(Decoder::default().feed(wire.as_bytes()), Heard { edits: expected, bell: false });
    }

    #[test]
    fn the_sender_and_the_receiver_see_the_same_text(
        keys in prop::collection::vec((a_side(), an_edit()), 0..400)
    ) {
        let mut here = Transcript::default();
        let mut there = Transcript::default();
        let (mut own, mut other) = (Decoder::default(), Decoder::default());
        for (side, edit) in keys {
            here.apply(side, edit);
            let line = if side == Side::Own { &mut own } else { &mut other };
            for edit in line.feed(edit.encode().as_bytes()).edits {
                there.apply(side, edit);
            }
        }
        prop_assert_eq!(here, there);
    }

    #[test]
    fn where_messages_are_cut_changes_nothing(bytes in bytes(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8)) {
        let mut whole = Decoder::default();
        let expected = whole.feed(&bytes);

        let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        places.extend([0, bytes.len()]);
        places.sort_unstable();
        let mut decoder = Decoder::default();
        let mut heard = Heard::default();
        for pair in places.windows(2) {
            let part = decoder.feed(&bytes[pair[0]..pair[1]]);
            heard.edits.extend(part.edits);
            heard.bell |= part.bell;
        }
        prop_assert_eq!(heard, expected);
    }

    #[test]
    fn a_side_has_one_live_row_at_most_and_its_rows_are_what_it_typed(
        keys in prop::collection::vec((a_side(), prop_oneof![
            4 => prop::char::range('а', 'я').prop_map(Edit::Insert),
            3 => Just(Edit::Erase),
            2 => Just(Edit::NewLine),
        ]), 0..150)
    ) {
        let mut transcript = Transcript::default();
        let mut plain = [String::new(), String::new()];
        for (side, edit) in keys {
            transcript.apply(side, edit);
            let text = &mut plain[usize::from(side == Side::Other)];
            match edit {
                Edit::Insert(letter) => text.push(letter),
                Edit::Erase => drop(text.pop()),
                Edit::NewLine => text.push('\n'),
            }
        }
        for (side, expected) in [Side::Own, Side::Other].into_iter().zip(plain) {
            let lines: Vec<&str> = expected.split('\n').filter(|line| !line.is_empty()).collect();
            let own: Vec<_> = transcript.rows().filter(|row| row.side == side).collect();
            prop_assert_eq!(own.iter().map(|row| row.text).collect::<Vec<_>>(), lines);
            let live: Vec<_> = own.iter().map(|row| row.live).collect();
            let typing = !expected.is_empty() && !expected.ends_with('\n');
            prop_assert_eq!(live.iter().filter(|live| **live).count(), usize::from(typing));
            prop_assert_eq!(live.last().copied().unwrap_or(false), typing);
        }
    }
}
