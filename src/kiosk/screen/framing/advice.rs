//! What a verdict means in words: three checks, and the one thing to do first.

use crate::framing::{Light, Stand, Verdict};
use crate::locale::{Words, fl};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not looked at yet: the label asks for it.
    Unknown,
    Well,
    Mend,
}

pub struct Advice {
    pub icon: &'static str,
    pub title: String,
    pub line: String,
}

/// Head, hands and light.
pub fn checks(verdict: Option<Verdict>, words: &Words) -> [(State, String); 3] {
    let stand = verdict.and_then(|verdict| verdict.stand);
    let head = match stand {
        None | Some(Stand::Nobody) => State::Unknown,
        Some(Stand::HeadCut) => State::Mend,
        Some(_) => State::Well,
    };
    let hands = match stand {
        None | Some(Stand::Nobody) => State::Unknown,
        Some(Stand::Good | Stand::HeadCut) => State::Well,
        Some(Stand::TooNear | Stand::TooFar | Stand::AtLeft | Stand::AtRight) => State::Mend,
    };
    let light = match verdict.map(|verdict| verdict.light) {
        None => State::Unknown,
        Some(Light::Good) => State::Well,
        Some(Light::Dark | Light::Bright | Light::Behind) => State::Mend,
    };
    let label =
        |state, known: String, asked: String| (state, if state == State::Unknown { asked } else { known });
    [
        label(head, fl!(words, "framing-head"), fl!(words, "framing-show-head")),
        label(
            hands,
            fl!(words, "framing-hands"),
            fl!(words, "framing-show-hands"),
        ),
        label(
            light,
            fl!(words, "framing-light"),
            fl!(words, "framing-show-light"),
        ),
    ]
}

/// One instruction at a time: what must be right before the next makes sense.
pub fn first(verdict: Option<Verdict>, words: &Words) -> Advice {
    let advice = |icon, title, line| Advice { icon, title, line };
    let Some(Verdict { light, stand }) = verdict else {
        return advice(
            "sign_language",
            fl!(words, "framing-wait"),
            fl!(words, "framing-wait-line"),
        );
    };
    match (stand, light) {
        (Some(Stand::Nobody), _) => advice(
            "person",
            fl!(words, "framing-nobody"),
            fl!(words, "framing-nobody-line"),
        ),
        (_, Light::Behind) => advice(
            "light_mode",
            fl!(words, "framing-behind"),
            fl!(words, "framing-behind-line"),
        ),
        (_, Light::Dark) => advice(
            "light_mode",
            fl!(words, "framing-dark"),
            fl!(words, "framing-dark-line"),
        ),
        (_, Light::Bright) => advice(
            "light_mode",
            fl!(words, "framing-bright"),
            fl!(words, "framing-bright-line"),
        ),
        (None, Light::Good) => advice(
            "sign_language",
            fl!(words, "framing-wait"),
            fl!(words, "framing-wait-line"),
        ),
        (Some(Stand::HeadCut | Stand::TooNear), _) => advice(
            "keyboard_arrow_down",
            fl!(words, "framing-back"),
            fl!(words, "framing-back-line"),
        ),
        (Some(Stand::TooFar), _) => advice(
            "keyboard_arrow_up",
            fl!(words, "framing-near"),
            fl!(words, "framing-near-line"),
        ),
        // The picture is a mirror: its left is the visitor's left.
        (Some(Stand::AtLeft), _) => advice(
            "arrow_forward",
            fl!(words, "framing-right"),
            fl!(words, "framing-middle-line"),
        ),
        (Some(Stand::AtRight), _) => advice(
            "arrow_back",
            fl!(words, "framing-left"),
            fl!(words, "framing-middle-line"),
        ),
        (Some(Stand::Good), Light::Good) => advice(
            "check",
            fl!(words, "framing-good"),
            fl!(words, "framing-good-line"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    fn told(light: Light, stand: Option<Stand>) -> ([State; 3], String) {
        let words = &Words::new(Language::Uk);
        let verdict = Some(Verdict { light, stand });
        (
            checks(verdict, words).map(|(state, _)| state),
            first(verdict, words).title,
        )
    }

    #[test]
    fn nothing_is_called_well_that_was_not_seen() {
        let words = &Words::new(Language::Uk);
        let labels = checks(None, words);
        assert!(labels.iter().all(|(state, _)| *state == State::Unknown));
        assert_eq!(labels[1].1, "Покажіть руки");
        assert_eq!(first(None, words).title, "Поворушіть руками");
        let (states, _) = told(Light::Good, Some(Stand::Nobody));
        assert_eq!(states, [State::Unknown, State::Unknown, State::Well]);
    }

    #[test]
    fn of_several_faults_one_is_told() {
        let (states, title) = told(Light::Behind, Some(Stand::TooNear));
        assert_eq!(states, [State::Well, State::Mend, State::Mend]);
        assert_eq!(title, "Світло позаду вас");
        assert_eq!(told(Light::Good, Some(Stand::TooNear)).1, "Посуньтеся назад");
        assert_eq!(told(Light::Dark, Some(Stand::Nobody)).1, "Будьте перед камерою");
    }

    #[test]
    fn who_is_seen_well_reads_so() {
        let (states, title) = told(Light::Good, Some(Stand::Good));
        assert_eq!(states, [State::Well; 3]);
        assert_eq!(title, "Вас добре видно");
    }
}
