//! What the TOML reader says of a mistake, for staff who never heard of TOML.

/// A message of the reader in Ukrainian; what is rare keeps the reader's own words, for whoever helps.
pub fn of(message: &str) -> String {
    let named = message.split('`').nth(1).unwrap_or_default();
    let begins = |beginning: &str| message.starts_with(beginning);
    if begins("missing field") {
        format!("немає поля «{named}»")
    } else if begins("unknown field") {
        format!("зайве або помилкове поле «{named}»")
    } else if begins("unknown variant") {
        format!("незрозуміле слово «{named}»")
    } else if begins("duplicate key") {
        "це поле вже є вище".to_owned()
    } else if begins("a name is 1 to 64") {
        "назва має складатися з малих латинських літер, цифр і дефісів".to_owned()
    } else if begins("invalid type") {
        let (found, expected) = message.split_once(", expected ").unwrap_or((message, ""));
        let found = found.trim_start_matches("invalid type: ");
        format!("тут {}, а має бути {}", kind(found), kind(expected))
    } else if begins("invalid value") && message.contains("integer") {
        format!("число {named} тут завелике або замале")
    } else if begins("failed to parse") || message.contains("datetime") || message.contains("date-time") {
        "дату пишуть у лапках, рік-місяць-день: \"2026-11-22\"".to_owned()
    } else if begins("string values must be quoted") {
        "після знака = має бути число, true, false або текст у лапках \"…\"".to_owned()
    } else if message.contains("string") || message.contains("quote") {
        "текст має починатися й закінчуватися лапками \"…\"".to_owned()
    } else if message.contains("inline table") {
        "не вистачає лапок, дужки } або коми перед нею".to_owned()
    } else if message.contains("array") {
        "не вистачає лапок, дужки ] або коми між частинами списку".to_owned()
    } else if begins("missing value") || begins("missing assignment") || begins("key with no value") {
        "після назви поля мають бути знак = і значення".to_owned()
    } else if message
        .chars()
        .any(|letter| matches!(letter, 'а'..='я' | 'і' | 'ї' | 'є'))
    {
        // One of our own readers has already said it.
        message.trim().replace('\n', "; ")
    } else {
        let message = message.trim().replace('\n', "; ");
        format!("рядок написано не за правилами. Покажіть це тому, хто встановив кіоск: {message}")
    }
}

/// What the reader calls a kind of value.
fn kind(said: &str) -> &'static str {
    let begins = |words: &[&str]| words.iter().any(|word| said.starts_with(word));
    if begins(&["string", "a string", "a borrowed string"]) {
        "текст у лапках"
    } else if begins(&[
        "integer",
        "floating point",
        "u8",
        "u16",
        "u32",
        "u64",
        "i8",
        "i16",
        "i32",
        "i64",
    ]) {
        "число"
    } else if begins(&["boolean", "a boolean"]) {
        "true або false"
    } else if begins(&["sequence", "a sequence", "a tuple"]) {
        "список у дужках [ ]"
    } else if begins(&["map", "a map", "struct", "table", "newtype variant"]) {
        "поля у дужках { }"
    } else if begins(&["unit variant"]) {
        "слово без значення"
    } else if said.contains("date") {
        "дата в лапках"
    } else {
        "інше значення"
    }
}
