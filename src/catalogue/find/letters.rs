//! From what was typed to words of folded letters: what a weak speller mixes up is one letter here.
//!
//! Cyrillic і, ї, и, й, ы are і; ґ is г; є, э, ё are е; soft and hard signs and apostrophes of every shape are
//! nothing. **Invariant:** folding takes each character to one letter or to none, so one slip of the finger stays at
//! most one slip.

use super::stem::{is_latin, stem};
use crate::id::lookalike;

/// A word of a query, read in one alphabet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub letters: Vec<char>,
    pub stem: Vec<char>,
    pub latin: bool,
    /// Not in the letters that were typed.
    pub reread: bool,
}

impl Reading {
    fn new(letters: Vec<char>, reread: bool) -> Self {
        Self {
            stem: stem(&letters),
            latin: is_latin(&letters),
            letters,
            reread,
        }
    }
}

/// Words are letters and digits; apostrophes join, everything else parts.
pub fn words(text: &str) -> Vec<Vec<char>> {
    let mut words = vec![Vec::new()];
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            let word = words.last_mut().expect("there is always a last word");
            word.extend(folded(letter));
        } else if !joins(letter) {
            words.push(Vec::new());
        }
    }
    words.retain(|word| !word.is_empty());
    for word in &mut words {
        mend_lookalikes(word);
    }
    words
}

/// Apostrophes as people type them («сім*я» too), and the accents of a decomposed ї or й.
fn joins(letter: char) -> bool {
    const APOSTROPHES: &str = "'’‘ʼʹ`´′＇\"“”«»*";
    APOSTROPHES.contains(letter) || ('\u{300}'..='\u{36F}').contains(&letter)
}

fn folded(letter: char) -> Option<char> {
    match letter {
        'ї' | 'и' | 'й' | 'ы' => Some('і'),
        'ґ' => Some('г'),
        'є' | 'э' | 'ё' => Some('е'),
        // U+02BC and its kin are letters to Unicode.
        'ь' | 'ъ' | 'ʼ' | 'ʹ' => None,
        letter => Some(letter),
    }
}

/// Latin letters among Cyrillic ones are there because they look the same: «пiльги».
fn mend_lookalikes(word: &mut [char]) {
    if is_latin(word) {
        return;
    }
    for letter in word {
        *letter = lookalike(*letter).unwrap_or(*letter);
    }
}

/// The word as it was typed and, in Latin letters, as Ukrainian in transliteration.
pub fn readings(word: Vec<char>) -> Vec<Reading> {
    let cyrillic = word
        .iter()
        .any(char::is_ascii_alphabetic)
        .then(|| from_latin(&word));
    let typed = Reading::new(word, false);
    let cyrillic = cyrillic.map(|word| Reading::new(word, true));
    [typed].into_iter().chain(cyrillic).collect()
}

/// The word as typed in other letters than was meant.
pub fn reread(word: Vec<char>) -> Vec<Reading> {
    vec![Reading::new(word, true)]
}

/// After the resolution of the Cabinet of Ministers 55 (2010) and after the habits of people who never read it.
/// Cyrillic letters come out folded.
fn from_latin(word: &[char]) -> Vec<char> {
    const SOUNDS: &[(&str, &str)] = &[
        ("shch", "щ"),
        ("sch", "щ"),
        ("zgh", "зг"),
        ("zh", "ж"),
        ("kh", "х"),
        ("ts", "ц"),
        ("tz", "ц"),
        ("ch", "ч"),
        ("sh", "ш"),
        ("ya", "я"),
        ("ia", "я"),
        ("ja", "я"),
        ("yu", "ю"),
        ("iu", "ю"),
        ("ju", "ю"),
        ("ye", "е"),
        ("ie", "е"),
        ("je", "е"),
        ("yi", "і"),
        ("ji", "і"),
        ("a", "а"),
        ("b", "б"),
        ("c", "ц"),
        ("d", "д"),
        ("e", "е"),
        ("f", "ф"),
        ("g", "г"),
        ("h", "г"),
        ("i", "і"),
        ("j", "і"),
        ("k", "к"),
        ("l", "л"),
        ("m", "м"),
        ("n", "н"),
        ("o", "о"),
        ("p", "п"),
        ("q", "к"),
        ("r", "р"),
        ("s", "с"),
        ("t", "т"),
        ("u", "у"),
        ("v", "в"),
        ("w", "в"),
        ("x", "х"),
        ("y", "і"),
        ("z", "з"),
    ];
    let mut rest: String = word.iter().collect();
    let mut cyrillic = Vec::new();
    while let Some(first) = rest.chars().next() {
        let sound = SOUNDS.iter().find(|(latin, _)| rest.starts_with(latin));
        match sound {
            Some((latin, sound)) => {
                cyrillic.extend(sound.chars());
                rest.drain(..latin.len());
            }
            None => {
                cyrillic.push(first);
                rest.drain(..first.len_utf8());
            }
        }
    }
    cyrillic
}

/// What the same keys give on the other of a Ukrainian and an English keyboard; Russian ы, ъ and э lie on the keys of
/// і, ї and є.
pub fn other_layout(text: &str) -> String {
    const ENGLISH: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.\\";
    const UKRAINIAN: &str = "йцукенгшщзхїфівапролджєячсмитьбюґ";
    let key = |from: &str, letter: char| from.chars().position(|own| own == letter);
    let switched = |letter: char| {
        let letter = match letter {
            '{' => '[',
            '}' => ']',
            ':' => ';',
            '"' => '\'',
            '<' => ',',
            '>' => '.',
            '|' => '\\',
            'ы' => 'і',
            'ъ' => 'ї',
            'э' => 'є',
            letter => letter,
        };
        let cyrillic = key(ENGLISH, letter).and_then(|place| UKRAINIAN.chars().nth(place));
        let latin = || key(UKRAINIAN, letter).and_then(|place| ENGLISH.chars().nth(place));
        cyrillic.or_else(latin).unwrap_or(letter)
    };
    text.chars().flat_map(char::to_lowercase).map(switched).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(String::from_iter).collect()
    }

    #[test]
    fn what_people_mix_up_is_the_same() {
        for spelt in [
            "сім’я",
            "сім'я",
            "Сімья",
            "симя",
            "сiм`я",
            "СІМ\"Я",
            "сим*я",
            "сімʼя",
            "сімъя",
        ] {
            assert_eq!(folded(spelt), ["сімя"], "{spelt}");
        }
        assert_eq!(folded("є/э/ё/е ґ-г ї,и.й\tы").concat(), "ееееггіііі");
        assert_eq!(folded("и\u{306} і\u{308}"), ["і", "і"]);
        assert_eq!(folded("  №3; «ID-картка» "), ["3", "id", "картка"]);
        assert_eq!(folded("'’ь"), Vec::<String>::new());
    }

    #[test]
    fn latin_letters_are_read_as_ukrainian() {
        for (latin, ukrainian) in [
            ("propyska", "прописка"),
            ("zhytlo", "житло"),
            ("reiestratsiia", "реєстрація"),
            ("posvidchennya", "посвідчення"),
            ("simya", "сім’я"),
            ("yemaliatko", "ємалятко"),
            ("zghority", "згоріти"),
        ] {
            let read = from_latin(&words(latin)[0]);
            assert_eq!(read, words(ukrainian)[0], "{latin}");
        }
    }

    #[test]
    fn the_keys_of_the_other_layout_give_the_word_both_ways() {
        for (typed, meant) in [
            ("ghjgbcrf", "прописка"),
            ("CE<CBLSZ", "субсидія"),
            ("зфіізщке", "passport"),
            ("зфыызщке", "passport"),
            ("lf] 3", "даї 3"),
        ] {
            assert_eq!(other_layout(typed), meant, "{typed}");
        }
    }
}
