//! Tickets, short codes and safety words.

use circle::{Code, CodeError, Ticket, TicketError, limits, safety_words};
use proptest::prelude::*;
use seal::{PlanId, Time};
use zeroize::Zeroizing;

use crate::help::key;

fn sample() -> Ticket {
    Ticket {
        plan: PlanId::new([0x11; 32]),
        inviter: key(1).id(),
        addresses: vec!["192.168.1.20:41641".into(), "[fe80::1]:41641".into()],
        key: Zeroizing::new([0x22; 32]),
        role: "family".into(),
        parts: vec!["about-me".into(), "goals".into()],
        expires: Time(86_400_000),
    }
}

#[test]
fn a_ticket_reads_back_in_either_case_and_with_breaks() {
    let ticket = sample();
    let text = ticket.encode().unwrap();
    assert!(text.starts_with("alongside1"));
    assert_eq!(Ticket::parse(&text).as_ref(), Ok(&ticket));
    assert_eq!(Ticket::parse(&text.to_uppercase()).as_ref(), Ok(&ticket));
    let broken: String = text.chars().flat_map(|letter| [letter, '\n']).collect();
    assert_eq!(Ticket::parse(&format!("  {broken} ")).as_ref(), Ok(&ticket));
    // As it comes out of a mail.
    let (start, end) = text.split_at(76);
    for mailed in [format!("> {start}\r\n> {end}"), format!("“{text}”."), format!("({start}\n{end}),")] {
        assert_eq!(Ticket::parse(&mailed).as_ref(), Ok(&ticket), "{mailed}");
    }
}

#[test]
fn each_error_has_its_own_name() {
    let text = sample().encode().unwrap();
    assert_eq!(Ticket::parse(""), Err(TicketError::NotATicket));
    assert_eq!(Ticket::parse("7-tulip-river"), Err(TicketError::NotATicket));
    assert_eq!(Ticket::parse("alongsideX"), Err(TicketError::NotATicket));
    assert_eq!(Ticket::parse(&text.replacen('1', "2", 1)), Err(TicketError::OtherVersion));
    assert_eq!(Ticket::parse("alongside"), Err(TicketError::Damaged));
    assert_eq!(Ticket::parse(&text[..text.len() - 1]), Err(TicketError::Damaged));
    assert_eq!(Ticket::parse(&format!("{text}a")), Err(TicketError::Damaged));
    assert_eq!(Ticket::parse(&format!("alongside1{}", "é".repeat(8))), Err(TicketError::Damaged));
    assert_eq!(Ticket::parse(&"a".repeat(limits::TICKET_TEXT + 1)), Err(TicketError::TooLong));
    let long = format!("alongside1{}", "a".repeat(limits::TICKET_BYTES * 8 / 5 + 8));
    assert_eq!(Ticket::parse(&long), Err(TicketError::TooLong));
}

#[test]
fn a_ticket_that_would_be_too_long_is_not_written() {
    let addresses = |count: usize, length: usize| {
        let addresses = (0..count).map(|number| format!("{number}{}", "x".repeat(length))).collect();
        Ticket { addresses, ..sample() }.encode().map(|_| ())
    };
    assert_eq!(addresses(limits::TICKET_ADDRESSES, 20), Ok(()));
    assert_eq!(addresses(limits::TICKET_ADDRESSES + 1, 1), Err(TicketError::TooLong));
    assert_eq!(addresses(1, limits::ADDRESS_BYTES), Err(TicketError::TooLong));
    assert_eq!(addresses(4, 100), Err(TicketError::TooLong));
}

#[test]
fn a_ticket_does_not_print_itself() {
    assert_eq!(format!("{:?}", sample()), "Ticket");
}

#[test]
fn one_changed_letter_anywhere_is_noticed() {
    let text = sample().encode().unwrap();
    for place in 0..text.len() {
        for other in "abcdefghijklmnopqrstuvwxyz234567".chars() {
            let mut letters: Vec<char> = text.chars().collect();
            if std::mem::replace(&mut letters[place], other) != other {
                let changed: String = letters.iter().collect();
                let refused = Ticket::parse(&changed).expect_err("one letter is another");
                let expected = match place {
                    0..9 => TicketError::NotATicket,
                    9 if other.is_ascii_digit() => TicketError::OtherVersion,
                    9 => TicketError::NotATicket,
                    _ => TicketError::Damaged,
                };
                assert_eq!(refused, expected);
            }
        }
    }
}

#[test]
fn the_words_are_four_of_the_list_and_change_with_everything() {
    let (plan, device, nonce) = (PlanId::new([1; 32]), key(1).id(), [3; 32]);
    let words = safety_words(plan, device, b"join", &nonce);
    assert!(words.iter().all(|word| bip39::Language::English.word_list().contains(word)));
    assert_eq!(words, safety_words(plan, device, b"join", &nonce));
    for other in [
        safety_words(PlanId::new([2; 32]), device, b"join", &nonce),
        safety_words(plan, key(2).id(), b"join", &nonce),
        safety_words(plan, device, b"joim", &nonce),
        safety_words(plan, device, b"join", &[4; 32]),
    ] {
        assert_ne!(words, other);
    }
}

proptest! {
    #[test]
    fn any_text_is_a_ticket_or_an_error(text in "(alongside1)?[a-z2-7]{0,300}") {
        if let Ok(ticket) = Ticket::parse(&text) {
            prop_assert_eq!(ticket.encode().unwrap(), text);
        }
    }

    #[test]
    fn parse_undoes_encode(seed: [u8; 32], ports in proptest::collection::btree_set(any::<u16>(), 0..8), hour: i64) {
        let addresses: Vec<String> = ports.iter().map(|port| format!("10.0.0.1:{port:05}")).collect();
        let ticket = Ticket { addresses, key: Zeroizing::new(seed), expires: Time(hour), ..sample() };
        prop_assert_eq!(Ticket::parse(&ticket.encode().unwrap()), Ok(ticket));
    }
}

#[test]
fn a_code_is_read_as_people_type_it() {
    let code = Code::parse("7-apple-river").unwrap();
    assert_eq!((code.to_string().as_str(), code.number()), ("7-apple-river", 7));
    for same in ["7 apple river", " 7-Apple-RIVER ", "7 – apple, river", "07_apple_river\n"] {
        assert_eq!(Code::parse(same), Ok(code), "{same}");
    }
    for none in
        ["", "7", "7-apple", "7-apple-river-stone", "apple-river", "0-apple-river", "100-apple-river", "x-apple-river"]
    {
        assert_eq!(Code::parse(none), Err(CodeError::NotACode), "{none}");
    }
    assert_eq!(Code::parse("7-apple-rivers"), Err(CodeError::NoSuchWord));
    assert_ne!(Code::parse("7-river-apple"), Ok(code));
    assert_eq!(format!("{code:?}"), "Code");
}

proptest! {
    #[test]
    fn every_code_that_is_drawn_reads_back(dice in any::<[u8; 8]>()) {
        let code = Code::draw(dice);
        prop_assert!((1..=99).contains(&code.number()));
        prop_assert_eq!(Code::parse(&code.to_string()), Ok(code));
    }
}

#[test]
fn chance_reaches_every_word_of_a_code() {
    let words = |bits: u32| {
        Code::draw([
            0,
            0,
            0,
            0,
            bits.to_be_bytes()[0],
            bits.to_be_bytes()[1],
            bits.to_be_bytes()[2],
            bits.to_be_bytes()[3],
        ])
        .to_string()
    };
    let drawn: std::collections::BTreeSet<String> = (0..1_u32 << 22).step_by(1_021).map(words).collect();
    assert_eq!(drawn.len(), (1_usize << 22).div_ceil(1_021), "each 22 bits make words of their own");
}
