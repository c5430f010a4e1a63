//! The screens of a call, drawn by the software renderer: what they say, what a tap does, what reaches the glass.
//!
//! With `ZHEST_SHOTS=FOLDER` every drawn screen is also written there as a PPM picture.
#![cfg(feature = "kiosk")]

mod glass;

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use iced::advanced::clipboard;
use iced::advanced::renderer::{Headless, Style};
use iced::{Color, Element, Event, Pixels, Point, Renderer, Settings, Size, Theme, mouse, touch, window};
use iced_test::Simulator;
use iced_test::runtime::{UserInterface, user_interface};

use zhest::call::view;
use zhest::catalogue::Catalogue;
use zhest::id::InterpreterId;
use zhest::kiosk::driver::{Camera, Link};
use zhest::kiosk::hall::Hall;
use zhest::kiosk::handout::Handout;
use zhest::kiosk::screen::{Context, Sound, call, ended, framing, waiting};
use zhest::kiosk::theme::Look;
use zhest::kiosk::theme::panel::Panel;
use zhest::kiosk::theme::{colour, font};
use zhest::locale::{Language, Words};
use zhest::media::frame::{Pictures, Want};
use zhest::protocol::{Signing, Topic, WaitRange, Wishes};
use zhest::text::{Edit, Side, Transcript};

const PORTRAIT: Size = Size::new(1080.0, 1920.0);
const LANDSCAPE: Size = Size::new(1920.0, 1080.0);

fn context(size: Size) -> Context {
    let (catalogue, _) = Catalogue::embedded();
    Context {
        words: Words::new(Language::Uk),
        look: Look::new(Panel::new(27.0, size)),
        scale: 1.0,
        date: "2026-11-23".parse().unwrap(),
        catalogue: Arc::new(catalogue),
        handout: Handout {
            public: "https://relay.example".to_owned(),
            printer: None,
        },
        link: Link::Up {
            cnap: "ЦНАП «Приклад»".into(),
            kiosk: "Термінал 1".into(),
        },
        availability: None,
        camera: Camera::Device,
        sound: Sound {
            microphone: true,
            speaker: true,
        },
        speaking: 4,
        text: Transcript::default(),
        pictures: Pictures::new(),
        clips: zhest::kiosk::screen::Clips::default(),
        hall: Hall::default(),
    }
}

fn topic() -> Topic {
    Topic {
        service: Some("id-card-exchange".parse().unwrap()),
        signing: Signing::Ukl,
        reading: "uk".into(),
        wishes: Wishes::default(),
    }
}

fn about_nothing() -> Topic {
    Topic {
        service: None,
        ..topic()
    }
}

fn talking(picture: view::Picture) -> view::Talking {
    view::Talking {
        interpreter: InterpreterId(14),
        picture,
        interpreter_has_camera: true,
        unread: None,
        linked: true,
    }
}

const HELD: view::Picture = view::Picture::Held { for_s: 65 };

fn stalled(sound: bool) -> view::Picture {
    view::Picture::Stalled { for_s: 7, sound }
}

fn call(picture: view::Picture) -> call::Call {
    call::Call::new(talking(picture), topic(), Language::Uk)
}

fn queued(stage: view::Stage, place: Option<u16>) -> view::Waiting {
    view::Waiting {
        stage,
        place,
        waited_s: 83,
        estimate: Some(WaitRange {
            low_min: 2,
            high_min: 5,
        }),
        linked: true,
        transferred: false,
    }
}

fn given(stage: view::Stage) -> view::Waiting {
    view::Waiting {
        transferred: true,
        ..queued(stage, Some(1))
    }
}

fn typed(context: &mut Context, side: Side, words: &str) {
    for letter in words.chars() {
        context.text.apply(side, Edit::Insert(letter));
    }
}

fn fonts() -> Vec<Cow<'static, [u8]>> {
    font::FILES.into_iter().map(Cow::Borrowed).collect()
}

fn simulator<'a, Message>(
    size: Size,
    element: impl Into<Element<'a, Message>>,
) -> Simulator<'a, Message, Theme, Renderer> {
    let settings = Settings {
        fonts: fonts(),
        default_font: font::REGULAR,
        ..Settings::default()
    };
    Simulator::with_size(settings, size, element)
}

/// Whether a screen says exactly these words somewhere on the glass.
fn says<Message>(screen: &mut Simulator<'_, Message, Theme, Renderer>, words: &str) -> bool {
    screen
        .find(words)
        .is_ok_and(|text| text.visible_bounds().is_some())
}

/// A screen as it stands on the glass: one logical pixel is one physical pixel.
struct Glass {
    width: usize,
    rgba: Vec<u8>,
}

impl Glass {
    fn pixel(&self, x: usize, y: usize) -> [u8; 4] {
        let at = (y * self.width + x) * 4;
        self.rgba[at..at + 4].try_into().unwrap()
    }
}

/// Draws a screen whose living pictures have got the frames they asked for.
/// While `name` says that they are connecting there is no remote one.
fn draw<'a, Message>(context: &Context, name: &str, element: impl Into<Element<'a, Message>>) -> Glass {
    for file in fonts() {
        let mut fonts = iced_test::renderer::graphics::text::font_system()
            .write()
            .unwrap();
        fonts.load_font(file);
    }
    let size = Size::new(context.look.panel.width_px, context.look.panel.height_px);
    let mut renderer = futures::executor::block_on(<Renderer as Headless>::new(
        font::REGULAR,
        Pixels(16.0),
        Some("tiny-skia"),
    ))
    .unwrap();
    let mut screen = UserInterface::build(element, size, user_interface::Cache::default(), &mut renderer);
    let (cursor, mut clipboard, mut messages) =
        (mouse::Cursor::Unavailable, clipboard::Null, Vec::<Message>::new());
    for _ in 0..2 {
        // First the screen says how large its pictures are, then it takes them.
        let redraw = Event::Window(window::Event::RedrawRequested(std::time::Instant::now()));
        let _ = screen.update(&[redraw], cursor, &mut renderer, &mut clipboard, &mut messages);
        glass::own(&context.pictures);
        if !name.contains("connecting") {
            glass::remote(&context.pictures);
        }
    }
    let style = Style {
        text_color: Color::BLACK,
    };
    screen.draw(&mut renderer, &Theme::Light, &style, cursor);
    let (width, height) = (size.width as u32, size.height as u32);
    let rgba = renderer.screenshot(
        Size::new(width, height),
        1.0,
        if name.starts_with("call") {
            colour::DAY.stage
        } else {
            colour::DAY.window
        },
    );
    if let Some(folder) = std::env::var_os("ZHEST_SHOTS") {
        let mut picture = format!("P6\n{width} {height}\n255\n").into_bytes();
        picture.extend(rgba.chunks_exact(4).flat_map(|pixel| &pixel[..3]));
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.ppm")), picture).unwrap();
    }
    Glass {
        width: width as usize,
        rgba,
    }
}

/// Draws a screen if somebody wants to look at it.
fn shoot<'a, Message>(context: &Context, name: &str, element: impl Into<Element<'a, Message>>) {
    if std::env::var_os("ZHEST_SHOTS").is_some() {
        draw(context, name, element);
    }
}

fn panels() -> [(&'static str, Size); 2] {
    [("portrait", PORTRAIT), ("landscape", LANDSCAPE)]
}

#[test]
fn a_picture_reaches_the_glass_pixel_by_pixel() {
    let context = context(PORTRAIT);
    let call = call(view::Picture::Flowing);
    let glass = draw(&context, "call-portrait", call.view(&context));
    let frame = context.pictures.remote.latest().unwrap();
    assert_eq!((frame.width, frame.height), (1080, 810));
    let top = 112 + (1152 - 810) / 2;
    for y in 0..810 {
        for x in 0..1080 {
            let at = (y * 1080 + x) * 4;
            assert_eq!(
                glass.pixel(x, top + y)[..3],
                frame.rgba[at..at + 3],
                "at {x}, {y}"
            );
        }
    }
}

#[test]
fn every_screen_of_a_call_fits_every_panel_in_every_language() {
    let stout = [
        ("portrait-16-10", Size::new(800.0, 1280.0)),
        ("landscape-16-10", Size::new(1280.0, 800.0)),
    ];
    let panels = panels().into_iter().chain(stout);
    for ((panel, size), language) in panels.flat_map(|panel| Language::ALL.map(|language| (panel, language)))
    {
        let panel = format!("{panel}-{}", language.tag());
        let mut shown = context(size);
        shown.words = Words::new(language);
        let framing = framing::Framing::new(topic());
        shoot(&shown, &format!("framing-{panel}"), framing.view(&shown));
        assert_eq!(
            glass::cut_off(&mut simulator(size, framing.view(&shown))),
            None,
            "{panel}"
        );
        shown.camera = Camera::Generated;
        shoot(&shown, &format!("framing-drawing-{panel}"), framing.view(&shown));
        assert_eq!(
            glass::cut_off(&mut simulator(size, framing.view(&shown))),
            None,
            "{panel}"
        );
        shown.camera = Camera::Device;
        for (name, waiting) in [
            ("queued", queued(view::Stage::Queued, Some(3))),
            ("ringing", queued(view::Stage::Ringing, None)),
            (
                "unlinked",
                view::Waiting {
                    linked: false,
                    ..queued(view::Stage::Queued, Some(120))
                },
            ),
            ("given", given(view::Stage::Ringing)),
        ] {
            let waiting = waiting::Waiting::new(waiting);
            shoot(&shown, &format!("waiting-{name}-{panel}"), waiting.view(&shown));
            assert_eq!(
                glass::cut_off(&mut simulator(size, waiting.view(&shown))),
                None,
                "{panel}"
            );
        }
        for (name, reason) in [
            ("visitor", view::Ended::ByVisitor),
            ("interpreter", view::Ended::ByInterpreter),
            ("lost", view::Ended::Lost),
            ("closed", view::Ended::Closed),
            ("unavailable", view::Ended::Unavailable),
        ] {
            let ended = ended::Ended::new(reason, about_nothing());
            shoot(&shown, &format!("ended-{name}-{panel}"), ended.view(&shown));
            assert_eq!(
                glass::cut_off(&mut simulator(size, ended.view(&shown))),
                None,
                "{panel}"
            );
        }
        typed(&mut shown, Side::Other, "Адреса?");
        shown.text.apply(Side::Other, Edit::NewLine);
        typed(&mut shown, Side::Own, "вул. Садова, 12, кв");
        let mut flowing = call(view::Picture::Flowing);
        for (name, message) in [
            ("text", call::Message::Stay),
            ("keys", call::Message::Keys),
            ("sure", call::Message::End),
        ] {
            flowing.update(message);
            shoot(&shown, &format!("call-{name}-{panel}"), flowing.view(&shown));
            assert_eq!(
                glass::cut_off(&mut simulator(size, flowing.view(&shown))),
                None,
                "{panel}"
            );
        }
        for (name, whose) in [("theirs", view::Unread::Theirs), ("own", view::Unread::Own)] {
            let mut slow = call(view::Picture::Flowing);
            slow.set(unread(whose));
            shoot(&shown, &format!("call-slow-{name}-{panel}"), slow.view(&shown));
            assert_eq!(
                glass::cut_off(&mut simulator(size, slow.view(&shown))),
                None,
                "{panel}"
            );
            slow.set(talking(view::Picture::Flowing));
            shoot(&shown, &format!("call-again-{name}-{panel}"), slow.view(&shown));
            assert_eq!(
                glass::cut_off(&mut simulator(size, slow.view(&shown))),
                None,
                "{panel}"
            );
        }
        for (name, picture) in [
            ("gone", view::Picture::Gone),
            ("stalled", stalled(true)),
            ("silent", stalled(false)),
            ("held", HELD),
            ("connecting", view::Picture::Connecting),
        ] {
            if picture == view::Picture::Connecting {
                shown.pictures = Pictures::new();
            }
            let call = call(picture);
            shoot(&shown, &format!("call-{name}-{panel}"), call.view(&shown));
            assert_eq!(
                glass::cut_off(&mut simulator(size, call.view(&shown))),
                None,
                "{panel}"
            );
        }
    }
}

/// Taps the words on a screen and gives what the screen says upwards.
fn tap<'a, Message: 'a>(size: Size, element: impl Into<Element<'a, Message>>, words: &str) -> Vec<Message> {
    let mut screen = simulator(size, element);
    screen
        .click(words)
        .unwrap_or_else(|error| panic!("«{words}»: {error}"));
    screen.into_messages().collect()
}

/// Taps words of a call and gives what the call wants done.
fn tap_call(context: &Context, call: &mut call::Call, words: &str) -> Vec<call::Action> {
    let size = Size::new(context.look.panel.width_px, context.look.panel.height_px);
    let messages = tap(size, call.view(context), words);
    messages.into_iter().map(|message| call.update(message)).collect()
}

#[test]
fn a_word_typed_on_the_keys_goes_out_letter_by_letter() {
    for (_, size) in panels() {
        let context = context(size);
        let mut call = call(view::Picture::Flowing);
        assert_eq!(tap_call(&context, &mut call, "Писати"), [call::Action::None]);
        let mut edits = Vec::new();
        for key in ["⇧", "Ї", "ж", "ʼ", "пропуск", "123", "7", "АБВ", "⌫", "⏎"] {
            edits.extend(tap_call(&context, &mut call, key));
        }
        edits.retain(|action| *action != call::Action::None);
        let letters = ['Ї', 'ж', 'ʼ', ' ', '7'].map(|letter| call::Action::Type(Edit::Insert(letter)));
        assert_eq!(edits[..5], letters);
        assert_eq!(
            edits[5..],
            [call::Action::Type(Edit::Erase), call::Action::Type(Edit::NewLine)]
        );
    }
}

#[test]
fn a_hold_is_one_tap_away_and_so_is_the_way_back() {
    for (_, size) in panels() {
        let context = context(size);
        let mut call = call(view::Picture::Flowing);
        assert_eq!(tap_call(&context, &mut call, "Пауза"), [call::Action::Hold(true)]);
        call.set(talking(HELD));
        let mut screen = simulator(size, call.view(&context));
        for words in [
            "Пауза",
            "Обидві камери вимкнено. Вас не видно.",
            "Перекладач чекає: 1:05",
            "Можете підійти до працівника.",
            "Камеру вимкнено",
        ] {
            assert!(says(&mut screen, words), "{words}");
        }
        assert!(!says(&mut screen, "Документ"), "a closed camera sees no paper");
        drop(screen);
        // Text goes on.
        assert_eq!(tap_call(&context, &mut call, "Писати"), [call::Action::None]);
        let letter = call::Action::Type(Edit::Insert('ж'));
        assert_eq!(tap_call(&context, &mut call, "ж"), [letter]);
        assert_eq!(
            tap_call(&context, &mut call, "Продовжити"),
            [call::Action::Hold(false)]
        );
    }
}

#[test]
fn a_hold_leaves_neither_picture_on_the_glass() {
    for (_, size) in panels() {
        let context = context(size);
        let mut call = call(HELD);
        draw(&context, "call-hold", call.view(&context));
        let slots = [&context.pictures.own, &context.pictures.remote];
        // A place that was on the glass is given up when it leaves; these were never asked for.
        assert!(slots.iter().all(|slot| slot.wanted() == Want::Native));
        call.set(talking(view::Picture::Flowing));
        draw(&context, "call-after-hold", call.view(&context));
        assert!(slots.iter().all(|slot| slot.wanted() == Want::Nothing));
    }
}

#[test]
fn a_hold_of_the_interpreter_takes_the_paper_from_before_the_camera() {
    let context = context(PORTRAIT);
    let mut call = call(view::Picture::Flowing);
    tap_call(&context, &mut call, "Документ");
    call.set(talking(HELD));
    assert_eq!(
        tap_call(&context, &mut call, "Продовжити"),
        [call::Action::Hold(false)]
    );
    call.set(talking(view::Picture::Flowing));
    assert!(says(&mut simulator(PORTRAIT, call.view(&context)), "Документ"));
}

#[test]
fn a_stall_names_what_still_works() {
    let context = context(PORTRAIT);
    for (sound, words) in [
        (true, "Відео завмерло. Звук є, писати можна."),
        (false, "Відео завмерло, звуку немає. Писати можна."),
    ] {
        let call = call(stalled(sound));
        assert!(
            says(&mut simulator(PORTRAIT, call.view(&context)), words),
            "{words}"
        );
    }
}

#[test]
fn when_the_picture_froze_typing_is_the_next_step() {
    for (_, size) in panels() {
        let context = context(size);
        let mut call = call(stalled(true));
        tap_call(&context, &mut call, "Почати писати");
        let letter = call::Action::Type(Edit::Insert('ж'));
        assert_eq!(tap_call(&context, &mut call, "ж"), [letter]);
    }
}

#[test]
fn the_other_language_is_one_tap_away() {
    let context = context(PORTRAIT);
    let mut call = call(view::Picture::Flowing);
    for word in ["Писати", "ENG"] {
        tap_call(&context, &mut call, word);
    }
    assert_eq!(
        tap_call(&context, &mut call, "q"),
        [call::Action::Type(Edit::Insert('q'))]
    );
}

#[test]
fn a_visitor_types_the_letters_of_their_own_language_and_ukrainian_ones() {
    let mut context = context(PORTRAIT);
    context.words = Words::new(Language::Crh);
    let mut call = call::Call::new(talking(view::Picture::Flowing), topic(), Language::Crh);
    tap_call(&context, &mut call, "Yazmaq");
    for (key, letter) in [
        ("ñ", Some('ñ')),
        ("УКР", None),
        ("ї", Some('ї')),
        ("QIR", None),
        ("ğ", Some('ğ')),
    ] {
        let expected = letter.map_or(call::Action::None, |letter| {
            call::Action::Type(Edit::Insert(letter))
        });
        assert_eq!(tap_call(&context, &mut call, key), [expected], "{key}");
    }
}

#[test]
fn two_fingers_are_two_letters_though_neither_has_left_the_glass() {
    let context = context(PORTRAIT);
    let mut call = call(view::Picture::Flowing);
    tap_call(&context, &mut call, "Писати");
    let mut screen = simulator(PORTRAIT, call.view(&context));
    for (finger, key) in [(1, "к"), (2, "и")] {
        let position = screen.find(key).unwrap().bounds().center();
        screen.simulate([Event::Touch(touch::Event::FingerPressed {
            id: touch::Finger(finger),
            position,
        })]);
    }
    let messages: Vec<_> = screen.into_messages().collect();
    let edits: Vec<_> = messages.into_iter().map(|message| call.update(message)).collect();
    assert_eq!(
        edits,
        ['к', 'и'].map(|letter| call::Action::Type(Edit::Insert(letter)))
    );
}

#[test]
fn hanging_up_takes_two_taps_in_two_places() {
    for (_, size) in panels() {
        for picture in [view::Picture::Flowing, view::Picture::Gone] {
            let context = context(size);
            let mut call = call(picture);
            let place = simulator(size, call.view(&context))
                .find("Завершити")
                .unwrap()
                .bounds();
            assert_eq!(tap_call(&context, &mut call, "Завершити"), [call::Action::None]);

            // Not the middle alone: the finger may have come down anywhere on the word, and beside it.
            let (width, height) = (place.width * 0.4, place.height * 0.5);
            for (x, y) in [(-1.0, 0.0), (0.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)] {
                let mut asked = simulator(size, call.view(&context));
                let centre = place.center();
                asked.point_at(Point::new(centre.x + x * width, centre.y + y * height));
                asked.simulate(iced_test::simulator::click());
                let again: Vec<_> = asked.into_messages().collect();
                assert!(
                    matches!(again[..], [call::Message::Stay]),
                    "a double tap ends nothing: {again:?} at {x} {y} of {place:?}"
                );
            }
            assert_eq!(
                tap_call(&context, &mut call, "Так, завершити"),
                [call::Action::HangUp]
            );
        }
    }
}

#[test]
fn who_thinks_better_of_hanging_up_finds_the_keys_as_they_were() {
    let context = context(PORTRAIT);
    let mut call = call(view::Picture::Flowing);
    for word in ["Писати", "Завершити", "Ні, говорити далі"] {
        tap_call(&context, &mut call, word);
    }
    assert!(says(&mut simulator(PORTRAIT, call.view(&context)), "Сховати"));
}

#[test]
fn each_trouble_of_a_call_has_its_words() {
    use view::Picture::{Connecting, Flowing, Gone};
    let troubles = [
        (talking(Connecting), "З’єднуємо відео"),
        (talking(stalled(true)), "Відновлюємо відео: 7 с"),
        (talking(HELD), "Перекладач чекає: 1:05"),
        (talking(Gone), "Перекладач не на зв’язку"),
        (
            view::Talking {
                linked: false,
                ..talking(Flowing)
            },
            "Немає зв’язку із сервером",
        ),
        (
            view::Talking {
                interpreter_has_camera: false,
                ..talking(Flowing)
            },
            "Перекладач без камери",
        ),
    ];
    for (_, size) in panels() {
        let context = context(size);
        for (talking, words) in &troubles {
            let call = call::Call::new(talking.clone(), topic(), Language::Uk);
            for (other, others) in &troubles {
                let mut screen = simulator(size, call.view(&context));
                assert_eq!(says(&mut screen, others), other == talking, "{words}: {others}");
            }
        }
        let call = call(Flowing);
        let mut calm = simulator(size, call.view(&context));
        assert!(troubles.iter().all(|(_, words)| !says(&mut calm, words)));
    }
}

fn unread(whose: view::Unread) -> view::Talking {
    view::Talking {
        unread: Some(whose),
        ..talking(view::Picture::Flowing)
    }
}

/// Whether the keys are on the glass.
fn has_keys(context: &Context, call: &call::Call) -> bool {
    let size = Size::new(context.look.panel.width_px, context.look.panel.height_px);
    says(&mut simulator(size, call.view(context)), "пропуск")
}

#[test]
fn when_hands_cannot_be_read_the_keys_come_by_themselves_with_the_reason_and_go_again() {
    for (_, size) in panels() {
        let context = context(size);
        for (whose, reason) in [
            (view::Unread::Theirs, "Відео повільне. Текст дійде одразу."),
            (view::Unread::Own, "Вас видно уривками. Текст дійде одразу."),
        ] {
            let mut call = call(view::Picture::Flowing);
            call.set(unread(whose));
            assert!(has_keys(&context, &call));
            assert!(says(&mut simulator(size, call.view(&context)), reason));
            call.set(talking(view::Picture::Flowing));
            assert!(!has_keys(&context, &call));
            let again = "Відео знову плавне";
            assert!(says(&mut simulator(size, call.view(&context)), again));
            for _ in 0..6 {
                call.tick();
            }
            assert!(!says(&mut simulator(size, call.view(&context)), again));
        }
    }
}

#[test]
fn keys_that_somebody_uses_or_put_away_are_left_as_they_are() {
    let context = context(PORTRAIT);
    let slow = || unread(view::Unread::Theirs);
    let mut call = call(view::Picture::Flowing);
    call.set(slow());
    tap_call(&context, &mut call, "й");
    call.set(talking(view::Picture::Flowing));
    assert!(has_keys(&context, &call), "in the middle of a word");

    tap_call(&context, &mut call, "Сховати");
    call.set(slow());
    tap_call(&context, &mut call, "Сховати");
    call.set(slow());
    assert!(!has_keys(&context, &call), "who put them away knows why");
    call.update(call::Message::Paper);
    call.set(talking(view::Picture::Flowing));
    call.set(slow());
    assert!(!has_keys(&context, &call), "a paper is before the camera");
}

#[test]
fn words_leave_the_picture_s_place_with_the_first_frame() {
    let context = context(PORTRAIT);
    let call = call(view::Picture::Connecting);
    assert!(says(
        &mut simulator(PORTRAIT, call.view(&context)),
        "З’єднуємо відео"
    ));
    context.pictures.remote.put(1, 1, Bytes::from_static(&[0; 4]));
    assert!(!says(
        &mut simulator(PORTRAIT, call.view(&context)),
        "З’єднуємо відео"
    ));
}

#[test]
fn an_interpreter_who_is_gone_can_be_called_again() {
    for (_, size) in panels() {
        let context = context(size);
        let mut call = call(view::Picture::Flowing);
        assert!(!says(
            &mut simulator(size, call.view(&context)),
            "Покликати знову"
        ));
        tap_call(&context, &mut call, "Писати");
        call.set(talking(view::Picture::Gone));
        assert_eq!(
            tap_call(&context, &mut call, "Покликати знову"),
            [call::Action::Requeue]
        );
    }
}

#[test]
fn broken_sound_is_said_where_the_voice_would_be() {
    for (microphone, speaker, words) in [
        (false, true, "Мікрофон не працює. Перекладач не чує працівника."),
        (true, false, "Динамік не працює. Працівник не чує перекладача."),
    ] {
        let mut context = context(PORTRAIT);
        context.sound = Sound { microphone, speaker };
        let call = call(view::Picture::Flowing);
        assert!(says(&mut simulator(PORTRAIT, call.view(&context)), words));
    }
}

#[test]
fn the_newest_of_a_long_conversation_is_on_the_glass() {
    for (_, size) in panels() {
        let mut context = context(size);
        for row in 0..150 {
            let side = if row % 2 == 0 { Side::Own } else { Side::Other };
            typed(&mut context, side, &format!("рядок {row}"));
            context.text.apply(side, Edit::NewLine);
        }
        typed(&mut context, Side::Other, &"дужедовгеслово".repeat(20));
        context.text.apply(Side::Other, Edit::NewLine);
        typed(&mut context, Side::Own, "щойно");
        let mut call = call(view::Picture::Flowing);
        for caret in ["", "|"] {
            let mut screen = simulator(size, call.view(&context));
            assert!(says(&mut screen, &format!("щойно{caret}")));
            assert!(!says(&mut screen, "рядок 140"), "older text has moved up");
            drop(screen);
            call.update(call::Message::Keys);
        }
    }
}

#[test]
fn a_long_service_name_leaves_the_rest_of_the_head_in_place() {
    for (_, size) in panels() {
        let context = context(size);
        let longest = context.catalogue.services().iter();
        let longest = longest
            .max_by_key(|service| service.title("uk").chars().count())
            .unwrap();
        let topic = Topic {
            service: Some(longest.id.clone()),
            ..topic()
        };
        let call = call::Call::new(talking(view::Picture::Flowing), topic, Language::Uk);
        let mut screen = simulator(size, call.view(&context));
        let private = screen.find("Без запису").unwrap().visible_bounds().unwrap();
        assert!(
            private.x + private.width <= size.width && private.height < 60.0,
            "{private:?}"
        );
        assert!(says(&mut screen, "Перекладач 014"));
    }
}

/// The largest rectangle the remote picture was told to fill.
fn remote_room(context: &Context, call: &call::Call) -> (u32, u32) {
    let size = Size::new(context.look.panel.width_px, context.look.panel.height_px);
    let mut screen = simulator(size, call.view(context));
    screen.snapshot(&Theme::Light).unwrap();
    let Want::Fit { width, height } = context.pictures.remote.wanted() else {
        panic!("the picture is shown");
    };
    (width, height)
}

#[test]
fn the_interpreter_has_three_fifths_of_the_screen_and_keys_take_none_of_a_picture() {
    for (_, size) in panels() {
        let context = context(size);
        let mut call = call(view::Picture::Flowing);
        let (width, height) = remote_room(&context, &call);
        let share = width as f32 * height as f32 / (size.width * size.height);
        assert!(share >= 0.6, "{share}");

        call.update(call::Message::Keys);
        let (smaller, lower) = remote_room(&context, &call);
        assert!(
            smaller * lower < width * height,
            "the picture makes room for the keys"
        );
        let mut screen = simulator(size, call.view(&context));
        let key = screen.find("й").unwrap().bounds();
        let portrait = size.height > size.width;
        assert!(if portrait {
            key.y > lower as f32
        } else {
            key.x > smaller as f32
        });
        assert!(
            smaller >= 960 && lower >= 720,
            "{smaller}×{lower} still shows hands"
        );
    }
}

#[test]
fn a_picture_that_left_the_screen_is_no_longer_made() {
    let context = context(PORTRAIT);
    let call = call(view::Picture::Flowing);
    draw(&context, "call-left", call.view(&context));
    assert_eq!(context.pictures.remote.wanted(), Want::Nothing);
    assert_eq!(context.pictures.own.wanted(), Want::Nothing);
}

#[test]
fn framing_says_what_a_drawing_is_and_never_blocks() {
    for (camera, words) in [
        (Camera::Generated, "Камери немає. Це малюнок."),
        (Camera::File, "Це відео з файлу, не камера."),
        (Camera::Off, "Вмикаємо камеру"),
        (Camera::Device, "Покажіть руки"),
    ] {
        for (_, size) in panels() {
            let mut context = context(size);
            context.camera = camera;
            let mut framing = framing::Framing::new(topic());
            let mut screen = simulator(size, framing.view(&context));
            for words in [words, "Без запису", "Вас бачить і чує лише перекладач."]
            {
                assert!(says(&mut screen, words), "{camera:?}: {words}");
            }
            drop(screen);
            let messages = tap(size, framing.view(&context), "Покликати");
            assert_eq!(framing.update(messages[0]), framing::Action::Call(topic()));
        }
    }
}

#[test]
fn waiting_tells_the_place_an_honest_range_and_the_way_out() {
    for (_, size) in panels() {
        let context = context(size);
        let mut waiting = waiting::Waiting::new(queued(view::Stage::Queued, Some(3)));
        let mut screen = simulator(size, waiting.view(&context));
        for words in ["3", "Чекати приблизно 2–5 хв", "Ви чекаєте 1 хв 23 с", "зараз"]
        {
            assert!(says(&mut screen, words), "{words}");
        }
        drop(screen);
        waiting.set(view::Waiting {
            linked: false,
            ..queued(view::Stage::Queued, Some(1))
        });
        let mut screen = simulator(size, waiting.view(&context));
        assert!(says(&mut screen, "Ми з’єднуємося знову. Зачекайте, будь ласка."));
        assert!(says(&mut screen, "Ви наступні"));
        drop(screen);
        assert_eq!(
            tap(size, waiting.view(&context), "Не чекати"),
            [waiting::Message::Leave]
        );
    }
}

#[test]
fn an_unknown_wait_is_called_unknown() {
    let context = context(PORTRAIT);
    for (estimate, words) in [
        (None, "Скільки чекати, ми ще не знаємо."),
        (Some((0, 2)), "Чекати до 2 хв"),
        (Some((4, 4)), "Чекати приблизно 4 хв"),
    ] {
        let waiting = waiting::Waiting::new(view::Waiting {
            estimate: estimate.map(|(low_min, high_min)| WaitRange { low_min, high_min }),
            ..queued(view::Stage::Queued, Some(2))
        });
        assert!(says(&mut simulator(PORTRAIT, waiting.view(&context)), words));
    }
}

#[test]
fn who_is_given_to_a_colleague_reads_so_in_every_step_and_may_leave() {
    for (stage, (_, size)) in [view::Stage::Queued, view::Stage::Ringing]
        .into_iter()
        .flat_map(|stage| panels().map(|panel| (stage, panel)))
    {
        let context = context(size);
        let waiting = waiting::Waiting::new(given(stage));
        let mut screen = simulator(size, waiting.view(&context));
        for words in [
            "Вас передають іншому перекладачеві",
            "Зачекайте тут. Текст розмови ми стерли.",
        ] {
            assert!(says(&mut screen, words), "{words}");
        }
        drop(screen);
        let messages = tap(size, waiting.view(&context), "Не чекати");
        assert_eq!(messages, [waiting::Message::Leave]);
    }
}

#[test]
fn ringing_is_a_border_that_changes_with_every_second() {
    let context = context(PORTRAIT);
    let border = |waited_s| {
        let waiting = waiting::Waiting::new(view::Waiting {
            waited_s,
            ..queued(view::Stage::Ringing, None)
        });
        let glass = draw(&context, &format!("ring-{waited_s}"), waiting.view(&context));
        (glass.pixel(10, 700), glass.pixel(28 + 4, 700))
    };
    let ((one, inside), (other, inside_then), (again, _)) = (border(10), border(11), border(12));
    assert_ne!(one, other);
    assert_eq!(one, again);
    assert_eq!(inside, inside_then, "the border is no broader than 28 px");
}

#[test]
fn each_end_says_what_happened_and_that_the_text_is_wiped() {
    let ends = [
        (view::Ended::ByVisitor, "Лишилося питання? Покличте знову."),
        (view::Ended::ByInterpreter, "Її завершили з боку перекладача."),
        (view::Ended::Lost, "Зв’язок обірвався"),
        (view::Ended::Closed, "Перекладачі вже не працюють"),
        (view::Ended::Unavailable, "Зараз нікому відповісти"),
    ];
    for (_, size) in panels() {
        let context = context(size);
        for (reason, words) in ends {
            let mut ended = ended::Ended::new(reason, about_nothing());
            let mut screen = simulator(size, ended.view(&context));
            assert!(says(&mut screen, words), "{words}");
            let wiped = says(&mut screen, "Ми стерли текст розмови");
            let talked = !matches!(reason, view::Ended::Unavailable | view::Ended::Closed);
            assert_eq!(wiped, talked, "{reason:?}");
            let again = says(&mut screen, "Покликати знову") || says(&mut screen, "Покликати");
            assert_eq!(again, reason != view::Ended::Closed, "{reason:?}");
            drop(screen);
            for (word, action) in [
                ("До списку послуг", ended::Action::Services),
                ("Готово", ended::Action::Done),
            ] {
                let messages = tap(size, ended.view(&context), word);
                assert_eq!(ended.update(messages[0].clone()), action);
            }
        }
    }
}
