//! Which of several connections of one pair is kept.

use super::*;

#[test]
fn a_connection_that_comes_later_does_not_cut_the_stream() {
    let connection = |n| {
        let address = Multiaddr::empty();
        Connection { id: ConnectionId::new_unchecked(n), address, dialled: n == 2 }
    };
    let connections = vec![connection(1)];
    let (talk, opening, rests) = (None, false, Instant::now());
    let mut peer = Peer { key: [0; 32], connections, talk, kept: None, opening, breaks: 0, rests, joining: 0 };
    assert_eq!(peer.surplus(), []);
    peer.opening = true;
    peer.connections.push(connection(2));
    assert_eq!(peer.surplus(), [ConnectionId::new_unchecked(2)], "the first carries the stream");
    peer.opening = false;
    assert_eq!(
        peer.surplus(),
        [ConnectionId::new_unchecked(1)],
        "no stream came: whoever dialled again lost the first"
    );
    peer.opening = true;
    assert_eq!(peer.surplus(), [ConnectionId::new_unchecked(1)], "and it stays with that");
    peer.joining = 1;
    assert_eq!(peer.surplus(), []);
}
