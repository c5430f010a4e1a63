//! The words for people: every language says the same, and the Ukrainian is plain.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{
    Attribute, CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource,
};
use fluent_syntax::parser::parse;

/// The language the others are held against.
const SOURCE: &str = "uk";

const MAX_SENTENCE_WORDS: usize = 12;

/// A message's parts by name (`leave`, `leave.aria-label`), each with its variables and all its readings.
type Messages = BTreeMap<String, Message>;

#[derive(Default)]
struct Message {
    variables: BTreeSet<String>,
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
        message.readings = readings(pattern, &mut message.variables);
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

fn readings(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) -> Vec<String> {
    let mut readings = vec![String::new()];
    for element in &pattern.elements {
        let parts = match element {
            PatternElement::TextElement { value } => vec![(*value).to_owned()],
            PatternElement::Placeable { expression } => expression_readings(expression, variables),
        };
        readings = readings
            .iter()
            .flat_map(|reading| parts.iter().map(move |part| format!("{reading}{part}")))
            .collect();
    }
    readings
}

fn expression_readings(expression: &Expression<&str>, variables: &mut BTreeSet<String>) -> Vec<String> {
    match expression {
        Expression::Inline(inline) => inline_readings(inline, variables),
        Expression::Select { selector, variants } => {
            inline_readings(selector, variables);
            variants
                .iter()
                .flat_map(|variant| readings(&variant.value, variables))
                .collect()
        }
    }
}

fn inline_readings(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) -> Vec<String> {
    let arguments = |arguments: &CallArguments<&str>, variables: &mut BTreeSet<String>| {
        let named = arguments.named.iter().map(|argument| &argument.value);
        for argument in arguments.positional.iter().chain(named) {
            inline_readings(argument, variables);
        }
    };
    match inline {
        InlineExpression::StringLiteral { value } => return vec![(*value).to_owned()],
        InlineExpression::Placeable { expression } => return expression_readings(expression, variables),
        InlineExpression::VariableReference { id } => drop(variables.insert(id.name.to_owned())),
        InlineExpression::FunctionReference { arguments: call, .. } => arguments(call, variables),
        InlineExpression::TermReference {
            arguments: Some(call),
            ..
        } => arguments(call, variables),
        _ => {}
    }
    vec!["…".to_owned()]
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
            for word in ["сурдо", "глухонім", "глухонем", "deaf-mute", "deaf and dumb"] {
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
            if language == SOURCE {
                let long = sentences(reading).filter(|sentence| words(sentence) > MAX_SENTENCE_WORDS);
                found.extend(long.map(|sentence| {
                    format!(
                        "{name} has {} words, at most {MAX_SENTENCE_WORDS}: {sentence}",
                        words(sentence)
                    )
                }));
            }
        }
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
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/locales"));
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
    assert!(!source.is_empty() && locales.len() > 1, "{:?}", locales.keys());
    let mut found = Vec::new();
    for (language, files) in &locales {
        let same = source.keys().eq(files.keys());
        assert!(
            same,
            "{language} has {:?}, {SOURCE} has {:?}",
            files.keys(),
            source.keys()
        );
        for (file, text) in files {
            let (messages, faults) = read(text);
            let (original, _) = read(&source[file]);
            let all = faults.into_iter().chain(differences(&original, &messages));
            found.extend(
                all.chain(wording(language, &messages))
                    .map(|fault| format!("{language}/{file}: {fault}")),
            );
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn planted_faults_are_caught() {
    let source = "place = Ви { $place } у черзі\nleave = Вийти\n    .hint = Завершити\n";
    let check = |translation: &str| {
        let (messages, mut found) = read(translation);
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
        ("at most 12", &source.replace("Вийти", &"слово ".repeat(13))),
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
