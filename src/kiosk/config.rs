//! What an administrator sets: on the command line, else in a TOML file, else by default.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Parser;
use iced::Size;
use iced::widget::image::Handle;
use serde::Deserialize;
use tokio_tungstenite::tungstenite::http::Uri;

use super::clips;
use super::hall::{Shelter, Turn, Windows};
use super::handout::Handout;
use super::link::Address;
use crate::id::ServiceId;
use crate::locale::Language;
use crate::media::camera::CameraChoice;
use crate::media::codec::Codec;
use crate::media::error::MediaError;
use crate::media::image;
use crate::media::sound::SoundChoice;

/// Where the relay listens for kiosks.
const PATH: &str = "/ws/kiosk";

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read the configuration {path}: {source}. Check the path")]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("the configuration {path} has a mistake: {message}")]
    Malformed { path: PathBuf, message: String },
    #[error(
        "the kiosk does not know its relay: give --relay https://host, or write `relay` in the configuration"
    )]
    NoRelay,
    #[error("`{0}` is no address of a relay: write https://host, or http://127.0.0.1:8080 on this machine")]
    Relay(String),
    #[error("http is for this machine only, because it is read by everyone between: write https://{0}")]
    Plain(String),
    #[error(
        "the kiosk cannot prove itself: give --token-file, or write `token_file` in the configuration. The relay makes the token"
    )]
    NoToken,
    #[error("cannot read the device token {path}: {source}. Copy it again from the relay")]
    Token { path: PathBuf, source: std::io::Error },
    #[error("cannot read the certificate {path}: {source}. Copy the relay's certificate there")]
    Authority { path: PathBuf, source: std::io::Error },
    #[error("the panel cannot be {0} inches across: measure its diagonal, 7 to 120")]
    Panel(f32),
    #[error("there are no words in `{0}`: write uk, en, pl, ro, hu or crh")]
    Language(String),
    #[error("codec `{0}` is not understood: write vp8 or h264")]
    Codec(String),
    #[error("without a codec there is no picture: name vp8 or h264 in `codecs`, or leave it out")]
    NoCodec,
    #[error("a window of {0} makes no sense: write its width and height in pixels, like 540x960")]
    Window(String),
    #[error("`{0}` is no address that a phone opens: write https://host in `public`, in at most 200 letters")]
    Public(String),
    #[error("the picture {path} cannot be shown: {source}. Give a PNG or a JPEG")]
    Picture { path: PathBuf, source: MediaError },
    #[error(transparent)]
    Media(#[from] MediaError),
}

/// The visitor's program of a sign-language video relay.
#[derive(Debug, Default, Parser)]
#[command(version)]
pub struct Arguments {
    /// The relay's address: https://host, or http://127.0.0.1:8080 on this machine.
    #[arg(long)]
    relay: Option<String>,
    /// File with the device token that the relay made.
    #[arg(long)]
    token_file: Option<PathBuf>,
    /// TOML file with any of these settings, and more: `authority`, `language`, `codecs`, `microphone`,
    /// `speaker`, `public`, `printer`, `cache`, `plan`, and the tables `shelter` and `windows`.
    #[arg(long)]
    config: Option<PathBuf>,
    /// A window of this size instead of the whole screen, like 540x960.
    #[arg(long)]
    windowed: Option<Window>,
    /// auto, generated, file:PATH or /dev/videoN.
    #[arg(long)]
    camera: Option<String>,
    /// vp8 or h264: the only one that is offered.
    #[arg(long)]
    codec: Option<String>,
    /// Diagonal of the panel, in inches.
    #[arg(long)]
    panel_inches: Option<f32>,
    /// File that somebody in the house writes air-raid or fire into, and empties when it is over.
    #[arg(long)]
    alarm_file: Option<PathBuf>,
}

/// A window's size in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub width: u16,
    pub height: u16,
}

impl From<Window> for Size {
    fn from(window: Window) -> Size {
        Size::new(window.width.into(), window.height.into())
    }
}

impl FromStr for Window {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        let sides = text.split_once('x');
        let sides = sides.and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
        match sides {
            Some((width, height)) if width >= 200 && height >= 200 => Ok(Window { width, height }),
            _ => Err(ConfigError::Window(text.to_owned())),
        }
    }
}

/// The file. What is absent is taken from the command line or left at its default.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    relay: Option<String>,
    token_file: Option<PathBuf>,
    /// PEM certificates to trust instead of the system's.
    authority: Option<PathBuf>,
    panel_inches: Option<f32>,
    /// Between visits.
    language: Option<String>,
    camera: Option<String>,
    microphone: Option<String>,
    speaker: Option<String>,
    /// In the order of preference.
    codecs: Option<Vec<String>>,
    /// Where phones find the relay, if not where the kiosk does.
    public: Option<String>,
    /// The name that CUPS knows this kiosk's printer by.
    printer: Option<String>,
    alarm_file: Option<PathBuf>,
    /// Folder for what can be fetched again.
    cache: Option<PathBuf>,
    shelter: ShelterSettings,
    /// PNG or JPEG.
    plan: Option<PathBuf>,
    windows: BTreeMap<ServiceId, String>,
}

/// `[shelter]`: the way to it from where this kiosk stands.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ShelterSettings {
    turn: Option<Turn>,
    way: Option<String>,
    /// PNG or JPEG.
    picture: Option<PathBuf>,
}

/// Everything the kiosk is started with.
pub struct Config {
    pub relay: Address,
    /// The relay, and perhaps the interpreter's browser, is on this machine.
    pub loopback: bool,
    pub camera: CameraChoice,
    pub sound: SoundChoice,
    /// In the order of preference; none: what this machine does best.
    pub codecs: Option<Vec<Codec>>,
    pub language: Language,
    pub handout: Handout,
    pub panel_inches: f32,
    /// The whole screen when there is none.
    pub windowed: Option<Window>,
    pub alarm_file: Option<PathBuf>,
    pub shelter: Shelter,
    pub windows: Windows,
    pub clips: clips::Settings,
}

impl Arguments {
    /// Reads the files that are named, and says of the first mistake what to write instead.
    pub fn read(self) -> Result<Config, ConfigError> {
        let settings = match &self.config {
            Some(path) => settings(path)?,
            None => Settings::default(),
        };
        let relay = self.relay.or(settings.relay).ok_or(ConfigError::NoRelay)?;
        let (url, loopback) = relay_url(&relay)?;
        // It becomes a picture code, so the one that nobody wrote must be short too.
        let public = public_url(&settings.public.unwrap_or_else(|| page_base(&url)))?;
        let token_file = self
            .token_file
            .or(settings.token_file)
            .ok_or(ConfigError::NoToken)?;
        let token = match std::fs::read_to_string(&token_file) {
            Ok(token) => token.trim().to_owned(),
            Err(source) => {
                let path = token_file;
                return Err(ConfigError::Token { path, source });
            }
        };
        let authority = match settings.authority {
            Some(path) => match std::fs::read(&path) {
                Ok(pem) => Some(pem),
                Err(source) => return Err(ConfigError::Authority { path, source }),
            },
            None => None,
        };
        let codecs = match self.codec.map(|codec| vec![codec]).or(settings.codecs) {
            Some(names) if names.is_empty() => return Err(ConfigError::NoCodec),
            Some(names) => Some(names.iter().map(|name| codec(name)).collect::<Result<_, _>>()?),
            None => None,
        };
        let panel_inches = self.panel_inches.or(settings.panel_inches).unwrap_or(27.0);
        if !(7.0..=120.0).contains(&panel_inches) {
            return Err(ConfigError::Panel(panel_inches));
        }
        let language = settings.language.unwrap_or_else(|| "uk".to_owned());
        let clips = clips::Settings {
            relay: page_base(&url),
            authority: authority.clone(),
            cache: settings.cache.unwrap_or_else(|| {
                let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
                cache(variable("XDG_CACHE_HOME"), variable("HOME"))
            }),
        };
        Ok(Config {
            relay: Address {
                url,
                token,
                authority,
            },
            loopback,
            camera: self
                .camera
                .or(settings.camera)
                .unwrap_or_else(|| "auto".to_owned())
                .parse()?,
            sound: SoundChoice {
                microphone: settings.microphone,
                speaker: settings.speaker,
            },
            codecs,
            language: Language::from_tag(&language).ok_or(ConfigError::Language(language))?,
            handout: Handout {
                public,
                printer: settings.printer.filter(|name| !name.trim().is_empty()),
            },
            panel_inches,
            windowed: self.windowed,
            alarm_file: self.alarm_file.or(settings.alarm_file),
            shelter: settings.shelter.read()?,
            windows: Windows {
                of: settings.windows,
                plan: settings.plan.map(picture).transpose()?,
            },
            clips,
        })
    }
}

impl ShelterSettings {
    fn read(self) -> Result<Shelter, ConfigError> {
        Ok(Shelter {
            turn: self.turn,
            way: self.way,
            picture: self.picture.map(picture).transpose()?,
        })
    }
}

fn picture(path: PathBuf) -> Result<Handle, ConfigError> {
    match image::read(&path) {
        Ok(picture) => Ok(Handle::from_rgba(picture.width, picture.height, picture.rgba)),
        Err(source) => Err(ConfigError::Picture { path, source }),
    }
}

fn settings(path: &Path) -> Result<Settings, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    toml::from_str(&text).map_err(|error| ConfigError::Malformed {
        path: path.to_owned(),
        message: error.to_string(),
    })
}

fn codec(name: &str) -> Result<Codec, ConfigError> {
    match name.to_ascii_lowercase().as_str() {
        "vp8" => Ok(Codec::Vp8),
        "h264" => Ok(Codec::H264),
        _ => Err(ConfigError::Codec(name.to_owned())),
    }
}

/// The WebSocket's address, and whether it is on this machine.
fn relay_url(relay: &str) -> Result<(String, bool), ConfigError> {
    let wrong = || ConfigError::Relay(relay.to_owned());
    let uri: Uri = relay.parse().map_err(|_| wrong())?;
    let authority = uri.authority().ok_or_else(wrong)?;
    let host = authority.host().trim_matches(['[', ']']);
    let loopback = host == "localhost"
        || host
            .parse()
            .is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    let scheme = match uri.scheme_str() {
        Some("https" | "wss") => "wss",
        Some("http" | "ws") if loopback => "ws",
        Some("http" | "ws") => return Err(ConfigError::Plain(authority.to_string())),
        _ => return Err(wrong()),
    };
    let path = match uri.path() {
        "" | "/" => PATH,
        path => path,
    };
    Ok((format!("{scheme}://{authority}{path}"), loopback))
}

/// Where the relay's pages are, seen from where its WebSocket is.
fn page_base(socket: &str) -> String {
    let base = socket.strip_suffix(PATH).unwrap_or(socket);
    // ws → http, wss → https
    base.replacen("ws", "http", 1)
}

/// As the XDG base directories have it, or the system's for a kiosk without a home.
fn cache(xdg: Option<OsString>, home: Option<OsString>) -> PathBuf {
    match (xdg, home) {
        (Some(xdg), _) => PathBuf::from(xdg).join("zhest"),
        (None, Some(home)) => PathBuf::from(home).join(".cache/zhest"),
        (None, None) => PathBuf::from("/var/cache/zhest"),
    }
}

fn public_url(public: &str) -> Result<String, ConfigError> {
    let wrong = || ConfigError::Public(public.to_owned());
    let uri: Uri = public.parse().map_err(|_| wrong())?;
    let known = matches!(uri.scheme_str(), Some("https" | "http")) && uri.authority().is_some();
    if !known || uri.query().is_some() || public.len() > 200 {
        return Err(wrong());
    }
    Ok(public.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(words: &[&str]) -> Arguments {
        Arguments::parse_from(["zhest-kiosk"].iter().chain(words))
    }

    #[test]
    fn a_relay_is_named_as_one_would_in_a_browser() {
        for (written, url, loopback) in [
            ("http://127.0.0.1:8080", "ws://127.0.0.1:8080/ws/kiosk", true),
            ("ws://localhost:8080/", "ws://localhost:8080/ws/kiosk", true),
            ("http://[::1]:8080", "ws://[::1]:8080/ws/kiosk", true),
            ("https://relay.example", "wss://relay.example/ws/kiosk", false),
            (
                "wss://relay.example/zhest/kiosk",
                "wss://relay.example/zhest/kiosk",
                false,
            ),
        ] {
            assert_eq!(
                relay_url(written).unwrap(),
                (url.to_owned(), loopback),
                "{written}"
            );
        }
        for wrong in ["relay.example", "ftp://relay.example", "", "https://"] {
            assert!(matches!(relay_url(wrong), Err(ConfigError::Relay(_))), "{wrong}");
        }
        assert!(matches!(relay_url("http://10.0.0.1"), Err(ConfigError::Plain(_))));
    }

    #[test]
    fn the_command_line_goes_before_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let token = folder.path().join("token");
        std::fs::write(&token, "secret\n").unwrap();
        let file = folder.path().join("kiosk.toml");
        let text = "relay = 'https://relay.example'\npanel_inches = 32.0\ncamera = 'auto'\ncodecs = ['h264', 'vp8']\n";
        std::fs::write(&file, format!("{text}token_file = '{}'\n", token.display())).unwrap();
        let file = file.to_str().unwrap();

        let config = arguments(&["--config", file, "--camera", "generated", "--windowed", "540x960"]);
        let config = config.read().unwrap();
        assert_eq!(config.relay.url, "wss://relay.example/ws/kiosk");
        assert_eq!(config.relay.token, "secret");
        assert_eq!(config.camera, CameraChoice::Generated);
        assert_eq!(config.codecs, Some(vec![Codec::H264, Codec::Vp8]));
        assert_eq!(config.panel_inches, 32.0);
        assert_eq!(config.clips.relay, "https://relay.example");
        assert_eq!(
            config.windowed,
            Some(Window {
                width: 540,
                height: 960
            })
        );

        let long = format!("https://relay.example/{}", "a".repeat(200));
        let long = arguments(&["--config", file, "--relay", &long]).read();
        assert!(matches!(long, Err(ConfigError::Public(_))));
        let one = arguments(&["--config", file, "--codec", "vp8"]).read().unwrap();
        assert_eq!(one.codecs, Some(vec![Codec::Vp8]));
        let far = arguments(&["--config", file, "--panel-inches", "0"]).read();
        assert!(matches!(far, Err(ConfigError::Panel(_))));
    }

    #[test]
    fn what_can_be_fetched_again_lies_where_the_system_wants_it() {
        let (xdg, home) = (Some("/run/cache".into()), Some("/home/kiosk".into()));
        assert_eq!(cache(xdg, home.clone()), Path::new("/run/cache/zhest"));
        assert_eq!(cache(None, home), Path::new("/home/kiosk/.cache/zhest"));
        assert_eq!(cache(None, None), Path::new("/var/cache/zhest"));
    }

    #[test]
    fn phones_find_the_relay_where_the_kiosk_does_or_where_they_are_told() {
        for (written, base) in [
            ("https://relay.example", "https://relay.example"),
            (
                "wss://relay.example/zhest/ws/kiosk",
                "https://relay.example/zhest",
            ),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ] {
            assert_eq!(page_base(&relay_url(written).unwrap().0), base, "{written}");
        }
        assert_eq!(public_url("https://ask.example/").unwrap(), "https://ask.example");
        let long = format!("https://relay.example/{}", "a".repeat(200));
        for wrong in [
            "relay.example",
            "ftp://relay.example",
            "https://a.example/?x",
            &long,
        ] {
            assert!(
                matches!(public_url(wrong), Err(ConfigError::Public(_))),
                "{wrong}"
            );
        }
    }

    #[test]
    fn each_service_has_the_window_of_the_house() {
        let told: Settings = toml::from_str("[windows]\nresidence-registration = '3'").unwrap();
        let (service, window) = told.windows.first_key_value().unwrap();
        assert_eq!(
            (service.as_str(), window.as_str()),
            ("residence-registration", "3")
        );
        assert!(toml::from_str::<Settings>("[windows]\n'Прописка' = '3'").is_err());
    }

    #[test]
    fn the_way_to_the_shelter_is_that_of_the_house() {
        let folder = tempfile::tempdir().unwrap();
        let settings = |text: &str| toml::from_str::<Settings>(text).map(|settings| settings.shelter);
        let told = settings("[shelter]\nturn = 'left'\nway = 'Ліворуч, потім униз'").unwrap();
        let shelter = told.read().unwrap();
        assert_eq!(shelter.turn, Some(Turn::Left));
        assert!(shelter.picture.is_none());
        assert!(settings("[shelter]\nturn = 'up'").is_err());
        let file = folder.path().join("way.png");
        std::fs::write(&file, "no picture").unwrap();
        let wrong = settings(&format!("[shelter]\npicture = '{}'", file.display())).unwrap();
        assert!(matches!(wrong.read(), Err(ConfigError::Picture { .. })));
    }

    #[test]
    fn what_is_missing_is_asked_for() {
        assert!(matches!(arguments(&[]).read(), Err(ConfigError::NoRelay)));
        let no_token = arguments(&["--relay", "https://relay.example"]).read();
        assert!(matches!(no_token, Err(ConfigError::NoToken)));
        assert!(toml::from_str::<Settings>("relai = 'x'").is_err());
    }
}
