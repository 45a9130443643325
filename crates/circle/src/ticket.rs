//! The text that lets somebody knock: where to find us, and a one-time key to prove it was given to them.
//!
//! `alongside1` + base32 without padding, in either case, of | ticket (postcard) | first 4 bytes of its blake3 |.
//! A ticket alone opens nothing: whoever knocks with it is let in by a person who compares four words.

use data_encoding::BASE32_NOPAD;
use seal::{DeviceId, DeviceKey, PlanId, Time, decode, encode};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    limits::{ADDRESS_BYTES, TICKET_ADDRESSES, TICKET_BYTES, TICKET_PARTS, TICKET_TEXT},
    wire::code,
};

const NAME: &str = "alongside";
const VERSION: &str = "1";
const CHECK: usize = 4;

/// What a ticket says.
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The plan it is for.
    pub plan: PlanId,
    /// The device that made it.
    pub inviter: DeviceId,
    /// Where that device may be found, without its network name: sorted, at most [`TICKET_ADDRESSES`].
    pub addresses: Vec<String>,
    /// The seed of the one-time key whose public half the Invite names.
    pub key: Zeroizing<[u8; 32]>,
    /// What the newcomer is asked to be.
    pub role: String,
    /// The parts they are to see, as codes: sorted.
    pub parts: Vec<String>,
    /// When confirming devices stop taking it.
    pub expires: Time,
}

/// Why a text is no ticket of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TicketError {
    /// It does not begin like one.
    #[error("not a ticket")]
    NotATicket,
    /// It begins like one of another version of this program.
    #[error("a ticket of another version")]
    OtherVersion,
    /// It is longer than a ticket can be, or would be once written.
    #[error("longer than a ticket may be")]
    TooLong,
    /// Letters are missing, changed or added.
    #[error("a damaged ticket")]
    Damaged,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    plan: PlanId,
    inviter: DeviceId,
    addresses: Vec<String>,
    key: [u8; 32],
    role: String,
    parts: Vec<String>,
    expires: Time,
}

impl Ticket {
    /// The ticket's key, with which a newcomer proves that they hold it.
    pub fn key(&self) -> DeviceKey {
        DeviceKey::from_seed(&self.key)
    }

    /// The ticket as text, if it is not too long to be one. Addresses and parts are put in order.
    pub fn encode(&self) -> Result<String, TicketError> {
        let Ticket { plan, inviter, mut addresses, key, role, mut parts, expires } = self.clone();
        addresses.sort();
        addresses.dedup();
        parts.sort();
        parts.dedup();
        let wire = Wire { plan, inviter, addresses, key: *key, role, parts, expires };
        if !wire.is_sound() {
            return Err(TicketError::TooLong);
        }
        let mut bytes = Zeroizing::new(encode(&wire));
        let check = *blake3::hash(&bytes).as_bytes();
        bytes.extend_from_slice(&check[..CHECK]);
        if bytes.len() > TICKET_BYTES {
            return Err(TicketError::TooLong);
        }
        Ok(format!("{NAME}{VERSION}{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()))
    }

    /// Reads a pasted text: in either case, with whatever it gained on the way: white space, the marks of a quoted mail, a full
    /// stop or quotation marks around it. Its own check says whether all of it is there.
    pub fn parse(text: &str) -> Result<Ticket, TicketError> {
        if text.len() > TICKET_TEXT {
            return Err(TicketError::TooLong);
        }
        let letters: String = text.chars().filter(|char| !char.is_whitespace() && *char != '>').collect();
        let letters = letters.trim_matches(|char: char| !char.is_ascii_alphanumeric()).to_ascii_uppercase();
        let rest = letters.strip_prefix(&NAME.to_ascii_uppercase()).ok_or(TicketError::NotATicket)?;
        let (version, rest) = rest.split_at_checked(VERSION.len()).ok_or(TicketError::Damaged)?;
        if version != VERSION {
            let other = version.bytes().all(|byte| byte.is_ascii_digit());
            return Err(if other { TicketError::OtherVersion } else { TicketError::NotATicket });
        }
        if rest.len() > BASE32_NOPAD.encode_len(TICKET_BYTES) {
            return Err(TicketError::TooLong);
        }
        let bytes = Zeroizing::new(BASE32_NOPAD.decode(rest.as_bytes()).map_err(|_| TicketError::Damaged)?);
        let (bytes, check) = bytes.split_last_chunk::<CHECK>().ok_or(TicketError::Damaged)?;
        if blake3::hash(bytes).as_bytes()[..CHECK] != *check {
            return Err(TicketError::Damaged);
        }
        let wire: Wire = decode(bytes, TICKET_BYTES).map_err(|_| TicketError::Damaged)?;
        if !wire.is_sound() {
            return Err(TicketError::Damaged);
        }
        let Wire { plan, inviter, addresses, key, role, parts, expires } = wire;
        Ok(Ticket { plan, inviter, addresses, key: Zeroizing::new(key), role, parts, expires })
    }
}

impl Wire {
    fn is_sound(&self) -> bool {
        let sorted = |list: &[String]| list.windows(2).all(|pair| pair[0] < pair[1]);
        let addresses = self.addresses.len() <= TICKET_ADDRESSES
            && sorted(&self.addresses)
            && self
                .addresses
                .iter()
                .all(|text| text.len() <= ADDRESS_BYTES && text.bytes().all(|b| b.is_ascii_graphic()));
        let parts =
            self.parts.len() <= TICKET_PARTS && sorted(&self.parts) && self.parts.iter().all(|part| code(part).is_ok());
        addresses && parts && code(&self.role).is_ok()
    }
}

impl std::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Whoever reads a ticket can knock with it, so it is never printed by accident.
        f.write_str("Ticket")
    }
}
