//! A light stemmer, our own: takes off what cases, numbers and genders add to a Ukrainian word, and the plural of an
//! English one. Meant for names of services, not for texts: it would rather leave an ending than take a root.
//!
//! It works on letters folded by [`super::letters`], where «пенсія», «пенсії» and «пенсій» end in ія, іі and іі.
//! **Invariant:** a stem keeps [`MIN_STEM`] letters of its word, or all of a shorter one.

/// Shorter beginnings mean too many words.
const MIN_STEM: usize = 3;

/// Folded, the longest first.
const ENDINGS: &[&str] = &[
    "іямі", "іям", "іях", "амі", "ямі", "імі", "ого", "ому", "ему", "его", "іею", "ою", "ею", "ую", "юю",
    "ая", "яя", "ое", "ів", "ам", "ям", "ім", "ом", "ем", "ах", "ях", "іх", "еі", "оі", "іі", "ія", "ію",
    "іе", "а", "я", "у", "ю", "о", "е", "і",
];

/// What is left, when an ending is off, is written in one of the ways of its root: «власн-іст/ост», «візо-к/к».
const ROOTS: &[(&str, &str)] = &[("ост", "іст"), ("ец", "ц"), ("ок", "к")];

pub fn stem(word: &[char]) -> Vec<char> {
    if is_latin(word) {
        return match word {
            [.., 's', 's'] => word.to_vec(),
            [stem @ .., 's'] if stem.len() >= MIN_STEM => stem.to_vec(),
            _ => word.to_vec(),
        };
    }
    let without = |ending: &&str| without(word, ending);
    let mut stem = ENDINGS.iter().find_map(without).unwrap_or(word).to_vec();
    for (one, other) in ROOTS {
        if let Some(root) = self::without(&stem, one) {
            stem.truncate(root.len());
            stem.extend(other.chars());
            break;
        }
    }
    stem
}

pub fn is_latin(letters: &[char]) -> bool {
    !letters.iter().any(|letter| is_cyrillic(*letter))
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52F}').contains(&letter)
}

fn without<'a>(word: &'a [char], ending: &str) -> Option<&'a [char]> {
    let left = word.len().checked_sub(ending.chars().count())?;
    let ends = word[left..].iter().copied().eq(ending.chars());
    (ends && left >= MIN_STEM).then_some(&word[..left])
}

#[cfg(test)]
mod tests {
    use super::super::letters::words;
    use super::stem;

    #[test]
    fn the_forms_of_a_word_have_one_stem() {
        for forms in [
            "пенсія пенсії пенсію пенсією пенсій пенсіями",
            "прописка прописки прописку пропискою прописок",
            "слуховий слухова слухового слуховому слуховим слухові слухових слухової",
            "власність власності власністю",
            "переселенець переселенця переселенцю переселенці переселенців переселенцями",
            "візок візка візку візки візків",
            "свідоцтво свідоцтва свідоцтву свідоцтв свідоцтвами",
            "прописатися прописатись",
            "benefit benefits",
        ] {
            let stems: Vec<String> = words(forms)
                .iter()
                .map(|word| stem(word).into_iter().collect())
                .collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{forms}: {stems:?}");
        }
    }

    #[test]
    fn short_words_and_roots_stay_whole() {
        for word in ["id", "the", "bus", "pass", "газ", "пай", "ужм", "дім"] {
            let letters = words(word).concat();
            assert_eq!(stem(&letters), letters, "{word}");
        }
    }
}
