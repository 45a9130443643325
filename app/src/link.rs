//! What in a plan can be followed out of it: a page on the web, a telephone number, an address for mail, and nothing else.
//!
//! What others wrote is foreign. So each is read by narrow rules and made anew from what was read: what is asked about is,
//! letter for letter, what is opened. Never followed: any other scheme, a page whose address names a user before its host (it
//! reads as another page), a host that is no name (the machines of one's own network), codes that a telephone carries out
//! instead of ringing, and mail that brings its own words. Names in other scripts stand as they travel, `xn--…`, so no
//! letter can pass for another.

use url::{Host, Url};

/// The longest address that is followed. Pages of councils have long ones; what is longer nobody can read before they agree to it.
const LONGEST: usize = 500;

/// Digits of a number that can be rung: from 999 to the longest in the world.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=15;

/// Something that can be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    /// A page.
    Web {
        /// Its host, as it travels.
        host: String,
        /// All of it.
        address: String,
    },
    /// A number: digits, perhaps after a plus.
    Telephone(String),
    /// Somebody's address for mail.
    Mail(String),
}

/// What kind of words these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Web,
    Telephone,
    Mail,
    /// Any of them.
    Any,
}

impl Link {
    /// What these words are, if they are nothing but that.
    pub(crate) fn read(words: &str, kind: Kind) -> Option<Link> {
        let words = words.trim();
        // What cannot be seen is no part of an address.
        if words.len() > LONGEST || plan::clean(words) != words || words.contains('\\') {
            return None;
        }
        match kind {
            Kind::Web => web(words),
            Kind::Telephone => telephone(words),
            Kind::Mail => mail(words),
            Kind::Any => mail(words).or_else(|| telephone(words)).or_else(|| web(words)),
        }
    }

    /// What the desktop is given.
    pub(crate) fn address(&self) -> String {
        match self {
            Link::Web { address, .. } => address.clone(),
            Link::Telephone(number) => format!("tel:{number}"),
            Link::Mail(address) => format!("mailto:{address}"),
        }
    }

    /// Whether a part of its name is written in other letters than those it travels in.
    pub(crate) fn is_in_other_letters(&self) -> bool {
        let host = match self {
            Link::Web { host, .. } => host,
            Link::Mail(address) => address.rsplit('@').next().unwrap_or_default(),
            Link::Telephone(_) => return false,
        };
        host.split('.').any(|label| label.starts_with("xn--"))
    }
}

fn web(words: &str) -> Option<Link> {
    let whole = match words.split_once("://") {
        Some((scheme, _)) => scheme.eq_ignore_ascii_case("https").then(|| words.to_owned())?,
        None => words.starts_with(|first: char| first.is_alphanumeric()).then(|| format!("https://{words}"))?,
    };
    if whole.contains(char::is_whitespace) {
        return None;
    }
    let url = Url::parse(&whole).ok()?;
    let plain =
        url.scheme() == "https" && url.username().is_empty() && url.password().is_none() && url.port().is_none();
    let Some(Host::Domain(host)) = url.host().filter(|_| plain) else { return None };
    is_a_name(host).then(|| Link::Web { host: host.to_owned(), address: url.to_string() })
}

fn telephone(words: &str) -> Option<Link> {
    let words = words.strip_prefix("tel:").unwrap_or(words);
    let (plus, rest) = match words.strip_prefix('+') {
        // "+44 (0)20 …": the nought is only for those who are there.
        Some(rest) => ("+", rest.replacen("(0)", "", 1)),
        None => ("", words.to_owned()),
    };
    let between = |letter: char| matches!(letter, ' ' | '-' | '.' | '(' | ')' | '/');
    if !rest.chars().all(|letter| letter.is_ascii_digit() || between(letter)) {
        return None;
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    DIGITS.contains(&digits.len()).then(|| Link::Telephone(format!("{plus}{digits}")))
}

fn mail(words: &str) -> Option<Link> {
    let words = words.strip_prefix("mailto:").unwrap_or(words);
    let (who, host) = words.split_once('@')?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-' | '+' | '\'');
    if who.is_empty() || who.len() > 64 || who.starts_with('-') || !who.chars().all(plain) {
        return None;
    }
    let Ok(Host::Domain(host)) = Host::parse(host) else { return None };
    is_a_name(&host).then(|| Link::Mail(format!("{who}@{host}")))
}

/// Whether this is the name of somewhere else: at least two labels, of the letters in which names travel.
fn is_a_name(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let own = [".local", ".localhost", ".internal", ".home.arpa"].iter().any(|end| host.ends_with(end));
    host.contains('.') && !own && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn followed(words: &str) -> Option<String> {
        Link::read(words, Kind::Any).map(|link| link.address())
    }

    #[test]
    fn pages_numbers_and_mail_are_followed_as_they_are_read() {
        for (words, address) in [
            ("https://www.nhs.uk/conditions/?a=1#more", "https://www.nhs.uk/conditions/?a=1#more"),
            (" HTTPS://Example.org ", "https://example.org/"),
            ("www.example.org/pool times", ""),
            ("leeds.gov.uk/adults", "https://leeds.gov.uk/adults"),
            ("https://example.org:443/", "https://example.org/"),
            ("https://example.org/@amina", "https://example.org/@amina"),
            ("020 7946 0000", "tel:02079460000"),
            ("+44 (0)20 7946-0000", "tel:+442079460000"),
            ("tel:999", "tel:999"),
            ("priya.o'neil+plan@leeds.gov.uk", "mailto:priya.o'neil+plan@leeds.gov.uk"),
            ("mailto:ben@example.org", "mailto:ben@example.org"),
        ] {
            assert_eq!(followed(words).unwrap_or_default(), address, "{words}");
        }
    }

    #[test]
    fn nothing_else_is_followed() {
        for words in [
            "",
            "ask Ben",
            "javascript:alert(1)",
            "JavaScript://example.org/%0aalert(1)",
            "file:///etc/passwd",
            "data:text/html,<b>",
            "http://example.org",
            "ssh://example.org",
            "//example.org",
            "https:/example.org\t",
            "?https://example.org",
            "vbscript:x",
            "https://nhs.uk@evil.example/",
            "https://nhs.uk:secret@evil.example/",
            "https:\\\\evil.example",
            "https://evil.example\\@nhs.uk/",
            "https://192.168.0.1/",
            "https://0x7f.1/",
            "https://[::1]/",
            "https://localhost/",
            "https://printer.local/",
            "https://example.org:8443/",
            "https://exa\u{202e}mple.org/",
            "https://example.org/\u{200b}",
            "https://exam ple.org/",
            "*#06#",
            "*21*07700900000#",
            "0207946000,,1",
            "tel:020;phone-context=evil.example",
            "02",
            "1234567890123456",
            "٠٢٠٧٩٤٦٠٠٠٠",
            "ben@example.org?bcc=all@evil.example",
            "mailto:ben@example.org?body=hello",
            "ben%0a@example.org",
            "ben@evil.example@example.org",
            "-oProxy@example.org",
            "ben@localhost",
        ] {
            assert_eq!(followed(words), None, "{words}");
        }
        assert_eq!(followed(&format!("https://example.org/{}", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn names_in_other_letters_are_asked_about_as_they_travel() {
        // Cyrillic letters that look Latin.
        let link = Link::read("https://www.раураl.com/", Kind::Web).unwrap();
        assert!(link.is_in_other_letters());
        assert!(link.address().is_ascii() && link.address().starts_with("https://www.xn--"), "{link:?}");
        let link = Link::read("ben@exаmple.org", Kind::Mail).unwrap();
        assert!(link.is_in_other_letters() && link.address().is_ascii(), "{link:?}");
        assert!(!Link::read("https://example.org", Kind::Web).unwrap().is_in_other_letters());
        // Full stops of other scripts part names as ours does.
        assert_eq!(
            Link::read("https://nhs.uk。evil.example", Kind::Web).unwrap().address(),
            "https://nhs.uk.evil.example/"
        );
    }

    #[test]
    fn a_field_of_one_kind_takes_no_other() {
        assert_eq!(Link::read("example.org", Kind::Telephone), None);
        assert_eq!(Link::read("020 7946 0000", Kind::Web), None);
        assert_eq!(Link::read("https://example.org", Kind::Mail), None);
    }
}
