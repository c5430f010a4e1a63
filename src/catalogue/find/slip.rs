//! Slips of the finger: letters left out, added, changed, or two neighbours in the wrong order, each counted once
//! (Damerau–Levenshtein distance, optimal string alignment).
//!
//! **Invariant:** the longer the typed word, the more slips it may hold; a word under [`MIN_LETTERS`] holds none.

/// Shorter words are too near to each other: газ, пас, час.
const MIN_LETTERS: usize = 4;

/// Beginnings are short and many: a typed one must be this long to be guessed.
const MIN_BEGINNING: usize = 7;

fn allowed(typed: &[char]) -> usize {
    match typed.len() {
        0..MIN_LETTERS => 0,
        MIN_LETTERS..8 => 1,
        _ => 2,
    }
}

/// How many slips lie between what was typed and a word, if not too many.
pub fn count(typed: &[char], word: &[char]) -> Option<usize> {
    let allowed = allowed(typed);
    if word.len().abs_diff(typed.len()) > allowed || word.len() < MIN_LETTERS {
        return None;
    }
    distances(typed, word, allowed)?
        .pop()
        .filter(|slips| *slips <= allowed)
}

/// The same for the nearest beginning of a word; one slip at most.
pub fn count_to_beginning(typed: &[char], word: &[char]) -> Option<usize> {
    if typed.len() < MIN_BEGINNING || typed.len() > word.len() + 1 {
        return None;
    }
    let beginning = &word[..word.len().min(typed.len() + 1)];
    let nearest = distances(typed, beginning, 1)?.into_iter().min();
    nearest.filter(|slips| *slips <= 1)
}

/// From `typed` to every beginning of `word`, the empty one first; nothing when all are further than `allowed`.
fn distances(typed: &[char], word: &[char], allowed: usize) -> Option<Vec<usize>> {
    // A slip brings at most one letter that the word has not: most words are told apart by that alone.
    if (set(typed) & !set(word)).count_ones() as usize > allowed {
        return None;
    }
    let mut before = Vec::new();
    let mut last: Vec<usize> = (0..=word.len()).collect();
    for (i, letter) in typed.iter().enumerate() {
        let mut row = Vec::with_capacity(word.len() + 1);
        row.push(i + 1);
        for (j, other) in word.iter().enumerate() {
            let changed = last[j] + usize::from(letter != other);
            let mut least = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && typed[i - 1] == *other && *letter == word[j - 1] {
                let swapped: usize = before[j - 1];
                least = least.min(swapped + 1);
            }
            row.push(least);
        }
        if row.iter().all(|slips| *slips > allowed) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    Some(last)
}

/// Which letters a word has. Some share a bit, so of two sets that differ their words do too, not the reverse.
fn set(letters: &[char]) -> u64 {
    letters
        .iter()
        .fold(0, |set, letter| set | 1 << (u32::from(*letter) % u64::BITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips(typed: &str, word: &str) -> Option<usize> {
        let letters = |word: &str| word.chars().collect::<Vec<char>>();
        count(&letters(typed), &letters(word))
    }

    #[test]
    fn each_kind_of_slip_counts_once() {
        for typed in ["аспорт", "паспор", "паспoрт", "пасспорт", "апспорт", "паспотр"]
        {
            assert_eq!(slips(typed, "паспорт"), Some(1), "{typed}");
        }
        assert_eq!(slips("паспорт", "паспорт"), Some(0));
    }

    #[test]
    fn longer_words_hold_more_slips() {
        assert_eq!(slips("гас", "газ"), None);
        assert_eq!(slips("жист", "жест"), Some(1));
        assert_eq!(slips("жит", "жест"), None);
        assert_eq!(slips("тато", "ато"), None);
        assert_eq!(slips("субседея", "субсидія"), Some(2));
        assert_eq!(slips("сопсидея", "субсидія"), None);
        assert_eq!(slips("перкладч", "перекладач"), Some(2));
    }

    #[test]
    fn an_unfinished_word_holds_one_slip() {
        let begun = |typed: &str| {
            let letters = |word: &str| word.chars().collect::<Vec<char>>();
            count_to_beginning(&letters(typed), &letters("закордонний"))
        };
        assert_eq!(begun("закардо"), Some(1));
        assert_eq!(begun("закродон"), Some(1));
        assert_eq!(begun("зокардон"), None);
        assert_eq!(begun("закар"), None);
        assert_eq!(begun("закордонний"), Some(0));
    }
}
