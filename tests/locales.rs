//! The words for people: every language says the same, and says it plainly.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{
    Attribute, CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource,
    Variant, VariantKey,
};
use fluent_syntax::parser::parse;
use zhest::catalogue::review;
use zhest::locale::Language;

/// The language the others are held against.
const SOURCE: &str = "uk";

/// What visitors read, in every language of the kiosk.
const KIOSK: &str = "kiosk.ftl";

/// The languages of the pages of the relay, besides the kiosk's.
const PAGES: [&str; 2] = ["uk", "en"];

const MAX_SENTENCE_WORDS: usize = 12;

/// How nobody is spoken of, and what nobody is told, as parts of words in small letters.
const FORBIDDEN: [&str; 13] = [
    "сурдо",
    "глухонім",
    "глухонем",
    "помилка",
    "помилки",
    "помилку",
    "deaf-mute",
    "deaf and dumb",
    "surdo",
    "głuchoniem",
    "néma",
    "dilsiz",
    "sağır",
];

/// Marks that direct the writing, or that nobody sees: our fonts draw them as boxes.
const HIDDEN: [char; 12] = [
    '\u{200B}', '\u{200E}', '\u{200F}', '\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}', '\u{FEFF}',
];

/// A message's parts by name (`leave`, `leave.aria-label`), each with its variables and all its readings.
type Messages = BTreeMap<String, Message>;

#[derive(Default)]
struct Message {
    variables: BTreeSet<String>,
    /// The categories of each choice by a number.
    plurals: Vec<BTreeSet<String>>,
    /// One for every combination of variants; a variable reads as «…».
    readings: Vec<String>,
}

/// All messages of one file, and what is wrong with its form.
fn read(text: &str) -> (Messages, Vec<String>) {
    let (resource, mut faults): (Resource<&str>, Vec<String>) = match parse(text) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors.iter().map(ToString::to_string).collect()),
    };
    let mut messages = Messages::new();
    let mut add = |name: String, pattern: &Pattern<&str>| {
        let mut message = Message::default();
        message.readings = readings(pattern, &mut message);
        if messages.insert(name.clone(), message).is_some() {
            faults.push(format!("{name} is written twice"));
        }
    };
    for entry in &resource.body {
        let (id, value, attributes): (_, _, &[Attribute<&str>]) = match entry {
            Entry::Message(message) => (
                message.id.name.to_owned(),
                message.value.as_ref(),
                &message.attributes,
            ),
            Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
            _ => continue,
        };
        for attribute in attributes {
            add(format!("{id}.{}", attribute.id.name), &attribute.value);
        }
        if let Some(pattern) = value {
            add(id, pattern);
        }
    }
    (messages, faults)
}

fn readings(pattern: &Pattern<&str>, message: &mut Message) -> Vec<String> {
    let mut readings = vec![String::new()];
    for element in &pattern.elements {
        let parts = match element {
            PatternElement::TextElement { value } => vec![(*value).to_owned()],
            PatternElement::Placeable { expression } => expression_readings(expression, message),
        };
        readings = readings
            .iter()
            .flat_map(|reading| parts.iter().map(move |part| format!("{reading}{part}")))
            .collect();
    }
    readings
}

fn expression_readings(expression: &Expression<&str>, message: &mut Message) -> Vec<String> {
    match expression {
        Expression::Inline(inline) => inline_readings(inline, message),
        Expression::Select { selector, variants } => {
            inline_readings(selector, message);
            message.plurals.extend(plural(variants));
            variants
                .iter()
                .flat_map(|variant| readings(&variant.value, message))
                .collect()
        }
    }
}

fn inline_readings(inline: &InlineExpression<&str>, message: &mut Message) -> Vec<String> {
    let arguments = |arguments: &CallArguments<&str>, message: &mut Message| {
        let named = arguments.named.iter().map(|argument| &argument.value);
        for argument in arguments.positional.iter().chain(named) {
            inline_readings(argument, message);
        }
    };
    match inline {
        InlineExpression::StringLiteral { value } => return vec![(*value).to_owned()],
        InlineExpression::Placeable { expression } => return expression_readings(expression, message),
        InlineExpression::VariableReference { id } => drop(message.variables.insert(id.name.to_owned())),
        InlineExpression::FunctionReference { arguments: call, .. } => arguments(call, message),
        InlineExpression::TermReference {
            arguments: Some(call),
            ..
        } => arguments(call, message),
        _ => {}
    }
    vec!["…".to_owned()]
}

/// The categories of a choice by a number; none if it chooses by something else.
fn plural(variants: &[Variant<&str>]) -> Option<BTreeSet<String>> {
    let names = variants.iter().filter_map(|variant| match variant.key {
        VariantKey::Identifier { name } => Some(name.to_owned()),
        VariantKey::NumberLiteral { .. } => None,
    });
    let categories: BTreeSet<String> = names.collect();
    let counts = ["zero", "one", "two", "few", "many"];
    counts
        .iter()
        .any(|name| categories.contains(*name))
        .then_some(categories)
}

/// The categories of whole numbers in a language (CLDR).
fn categories(language: &str) -> BTreeSet<String> {
    let names: &[&str] = match language {
        "uk" | "pl" => &["one", "few", "many"],
        "ro" => &["one", "few", "other"],
        _ => &["one", "other"],
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// What is wrong with the letters of a file.
fn letters(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.ends_with(char::is_whitespace) {
            found.push(format!("line {} ends with a blank", at + 1));
        }
        if line.contains(HIDDEN) {
            found.push(format!("line {} has a hidden mark", at + 1));
        }
    }
    found
}

/// What is wrong with a translation, held against the source.
fn differences(source: &Messages, translation: &Messages) -> Vec<String> {
    let mut found = Vec::new();
    for (name, message) in source {
        match translation.get(name) {
            None => found.push(format!("{name} is missing")),
            Some(other) if other.variables != message.variables => {
                let (ours, theirs) = (&other.variables, &message.variables);
                found.push(format!(
                    "{name} has the variables {ours:?}, the source has {theirs:?}"
                ));
            }
            Some(_) => {}
        }
    }
    let extra = translation.keys().filter(|name| !source.contains_key(*name));
    found.extend(extra.map(|name| format!("{name} is not in the source")));
    found
}

/// What is wrong with the words themselves, in any language.
fn wording(language: &str, messages: &Messages) -> Vec<String> {
    let mut found = Vec::new();
    for (name, message) in messages {
        for reading in &message.readings {
            let lower = reading.to_lowercase();
            for word in FORBIDDEN {
                if lower.contains(word) {
                    found.push(format!("{name} says «{word}»"));
                }
            }
            if reading.trim().is_empty() {
                found.push(format!("{name} is empty"));
            }
            if is_trouble(name) && reading.contains('!') {
                found.push(format!("{name} shouts in trouble: {reading}"));
            }
            let long = sentences(reading).filter(|sentence| words(sentence) > MAX_SENTENCE_WORDS);
            found.extend(long.map(|sentence| {
                format!(
                    "{name} has {} words, at most {MAX_SENTENCE_WORDS}: {sentence}",
                    words(sentence)
                )
            }));
        }
        let expected = categories(language);
        let odd = message.plurals.iter().filter(|plural| **plural != expected);
        found.extend(odd.map(|plural| format!("{name} counts by {plural:?}, {language} by {expected:?}")));
    }
    found
}

fn is_trouble(name: &str) -> bool {
    let parts = [
        "error",
        "fault",
        "fail",
        "lost",
        "gone",
        "trouble",
        "unavailable",
        "offline",
        "refused",
        "missing",
    ];
    parts.iter().any(|part| name.contains(part))
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '!', '?', '\n'])
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

/// A variable counts as a word, a dash does not.
fn words(sentence: &str) -> usize {
    let is_word = |word: &&str| word.contains(|letter: char| letter.is_alphanumeric() || letter == '…');
    sentence.split_whitespace().filter(is_word).count()
}

/// language → file name → text.
fn locales() -> BTreeMap<String, BTreeMap<String, String>> {
    let folder = Path::new("locales");
    let mut found: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for language in list(folder) {
        let files = found.entry(name(&language)).or_default();
        for file in list(&language) {
            assert!(
                file.extension().is_some_and(|kind| kind == "ftl"),
                "{} is no Fluent file",
                file.display()
            );
            files.insert(
                name(&file),
                fs::read_to_string(&file).expect("locale files are UTF-8"),
            );
        }
    }
    found
}

fn list(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.expect("locales are readable").path())
        .collect()
}

fn name(path: &Path) -> String {
    path.file_name()
        .expect("listed by name")
        .to_string_lossy()
        .into_owned()
}

#[test]
fn every_language_has_the_messages_and_variables_of_the_source() {
    let locales = locales();
    let source = locales.get(SOURCE).expect("there are Ukrainian words");
    let offered: BTreeSet<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
    assert!(
        locales.keys().map(String::as_str).eq(offered),
        "{:?}",
        locales.keys()
    );
    let mut found = Vec::new();
    for (language, files) in &locales {
        let expected = source
            .keys()
            .filter(|file| *file == KIOSK || PAGES.contains(&language.as_str()));
        assert!(expected.eq(files.keys()), "{language} has {:?}", files.keys());
        for (file, text) in files {
            let (messages, faults) = read(text);
            let (original, _) = read(&source[file]);
            let all = faults.into_iter().chain(letters(text));
            let all = all.chain(differences(&original, &messages));
            found.extend(
                all.chain(wording(language, &messages))
                    .map(|fault| format!("{language}/{file}: {fault}")),
            );
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// The catalogue is a core of its own and does not know `locale`.
#[test]
fn the_catalogue_is_written_in_the_languages_that_visitors_choose() {
    assert_eq!(review::LANGUAGES, Language::ALL.map(Language::tag));
}

#[test]
fn planted_faults_are_caught() {
    let source = "place = Ви { $place } у черзі\nleave = Вийти\n    .hint = Завершити\n";
    let check = |translation: &str| {
        let (messages, mut found) = read(translation);
        found.extend(letters(translation));
        found.extend(differences(&read(source).0, &messages));
        found.extend(wording(SOURCE, &messages));
        found
    };
    assert_eq!(check(source), Vec::<String>::new());
    for (fault, translation) in [
        ("missing", "place = Ви { $place }\nleave = Вийти\n"),
        (
            "variables",
            "place = Ви { $plase }\nleave = Вийти\n    .hint = Так\n",
        ),
        ("variables", "place = Ви перші\nleave = Вийти\n    .hint = Так\n"),
        ("not in the source", &format!("{source}more = Ще\n")),
        (
            "written twice",
            &format!("{source}leave = Геть\n    .hint = Так\n"),
        ),
        ("сурдо", &source.replace("Вийти", "Сурдопереклад")),
        ("помилка", &source.replace("Вийти", "Помилка 500")),
        ("at most 12", &source.replace("Вийти", &"слово ".repeat(13))),
        ("line 2 ends with a blank", &source.replace("Вийти", "Вийти ")),
        (
            "line 1 has a hidden mark",
            &source.replace("{ $place }", "\u{2068}{ $place }\u{2069}"),
        ),
    ] {
        let found = check(translation);
        assert!(
            found.iter().any(|found| found.contains(fault)),
            "{fault}: {found:?}"
        );
    }
    assert_eq!(wording("en", &read("link-lost = Gone!").0).len(), 1);
    assert!(!read("broken = { $").1.is_empty());
}

#[test]
fn a_language_counts_by_its_own_categories() {
    let days = |few: &str| format!("days = {{ $n ->\n    [one] a\n{few}   *[other] b\n }}\n");
    let (two, three) = (days(""), days("    [few] c\n"));
    let faults = |language: &str, text: &str| wording(language, &read(text).0).len();
    assert_eq!((faults("hu", &two), faults("hu", &three)), (0, 1));
    assert_eq!((faults("ro", &two), faults("ro", &three)), (1, 0));
    assert_eq!((faults("pl", &two), faults("pl", &three)), (1, 1));
    let free = "free = { $free ->\n    [0] a\n   *[other] b\n }\n";
    assert_eq!(faults("pl", free), 0);
}

#[test]
fn every_variant_is_read() {
    let text = "wait = Зачекайте { $minutes ->\n    [one] хвилину\n   *[other] { $minutes } хвилин\n }.\n";
    let (messages, faults) = read(text);
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(
        messages["wait"].readings,
        ["Зачекайте хвилину.", "Зачекайте … хвилин."]
    );
    assert_eq!(messages["wait"].variables, BTreeSet::from(["minutes".to_owned()]));
}
