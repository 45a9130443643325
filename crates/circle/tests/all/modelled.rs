//! The model of the design against the rules told a second time: what it answers for random circles, word for word.

use crate::oracle::{Circle, Class, Kind, Rules, Said};

/// The circles of `modelled.txt` and what the model of the design answers for each statement.
fn modelled() -> Vec<(bool, Vec<(Said, bool)>)> {
    let mut circles: Vec<(bool, Vec<(Said, bool)>)> = Vec::new();
    for line in include_str!("modelled.txt").lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |word: &str| (word != "-").then(|| word.parse::<u32>().expect("a number"));
        let list = |word: &str| word.split(',').filter(|one| *one != ".").filter_map(number).collect::<Vec<u32>>();
        let &[id, kind, issuer, standing, device, after, person, class, new_device, upto, answer] = &words[..] else {
            circles.push((words == ["circle", "self"], Vec::new()));
            continue;
        };
        let kind = match kind {
            "F" => Kind::Found,
            "A" => Kind::Admit,
            "S" => Kind::Set,
            "R" => Kind::Remove,
            "K" => Kind::Link,
            "L" => Kind::Leave,
            "H" => Kind::HandOver,
            other => panic!("no kind: {other}"),
        };
        let classes = [Class::Protected, Class::Owner, Class::Coordinator, Class::Member];
        let said = Said {
            standing: number(standing),
            device: number(device),
            after: list(after),
            person: number(person),
            class: number(class).map(|class| classes[class as usize]),
            new_device: number(new_device),
            upto: (upto != "-").then(|| list(upto)),
            spares_linked: true,
            ..Said::new(number(id).expect("an id"), kind, number(issuer).expect("an issuer"))
        };
        circles.last_mut().expect("a circle begins first").1.push((said, answer == "+"));
    }
    circles
}

#[test]
fn what_the_model_of_the_design_answers_is_answered_here_too() {
    let circles = modelled();
    let (mut stand, mut fall) = (0, 0);
    for (number, (for_self, statements)) in circles.iter().enumerate() {
        let mut circle = Circle::new(Rules::Modelled, *for_self);
        statements.iter().for_each(|(said, _)| circle.add(said.clone()));
        for (said, answer) in statements {
            assert_eq!(circle.in_effect(said.id), *answer, "circle {number}: {said:?}");
        }
        stand += statements.iter().filter(|(_, answer)| *answer).count();
        fall += statements.iter().filter(|(_, answer)| !answer).count();
    }
    assert!(circles.len() >= 100 && stand > 1_000 && fall > 1_000, "{stand} stand, {fall} fall");
}
