//! How many connections one address may have. A peer id costs nothing, so limits count addresses.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    net::IpAddr,
    task::{Context, Poll},
};

use libp2p::{
    Multiaddr, PeerId,
    core::{Endpoint, transport::PortUse},
    multiaddr::Protocol,
    swarm::{
        ConnectionDenied, ConnectionId, FromSwarm, NetworkBehaviour, THandler, THandlerInEvent, THandlerOutEvent,
        ToSwarm, dummy,
    },
};

use crate::limits;

/// Counts the incoming connections of each address, from their first packet to their end.
#[derive(Default)]
pub(crate) struct Gate {
    from: BTreeMap<ConnectionId, IpAddr>,
}

/// Too many connections come from one address.
#[derive(Debug, thiserror::Error)]
#[error("too many connections from one address")]
struct Crowded;

impl Gate {
    fn let_in(&mut self, connection: ConnectionId, address: &Multiaddr) -> Result<(), ConnectionDenied> {
        let Some(ip) = ip(address) else { return Ok(()) };
        let most = if ip.is_loopback() { limits::CONNECTIONS } else { limits::CONNECTIONS_PER_ADDRESS };
        let already = self.from.values().filter(|from| **from == ip).count();
        if already >= most as usize {
            return Err(ConnectionDenied::new(Crowded));
        }
        self.from.insert(connection, ip);
        Ok(())
    }
}

/// The address of a computer in it, if there is one.
pub(crate) fn ip(address: &Multiaddr) -> Option<IpAddr> {
    address.iter().find_map(|part| match part {
        Protocol::Ip4(ip) => Some(IpAddr::V4(ip)),
        Protocol::Ip6(ip) => Some(IpAddr::V6(ip)),
        _ => None,
    })
}

impl NetworkBehaviour for Gate {
    type ConnectionHandler = dummy::ConnectionHandler;
    type ToSwarm = Infallible;

    fn handle_pending_inbound_connection(
        &mut self,
        connection: ConnectionId,
        _local: &Multiaddr,
        remote: &Multiaddr,
    ) -> Result<(), ConnectionDenied> {
        self.let_in(connection, remote)
    }

    fn handle_established_inbound_connection(
        &mut self,
        _connection: ConnectionId,
        _peer: PeerId,
        _local: &Multiaddr,
        _remote: &Multiaddr,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        Ok(dummy::ConnectionHandler)
    }

    fn handle_established_outbound_connection(
        &mut self,
        _connection: ConnectionId,
        _peer: PeerId,
        _address: &Multiaddr,
        _role: Endpoint,
        _port: PortUse,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        Ok(dummy::ConnectionHandler)
    }

    fn on_swarm_event(&mut self, event: FromSwarm) {
        match event {
            FromSwarm::ConnectionClosed(closed) => {
                self.from.remove(&closed.connection_id);
            }
            FromSwarm::ListenFailure(failed) => {
                self.from.remove(&failed.connection_id);
            }
            // Nothing else begins or ends an incoming connection.
            _ => {}
        }
    }

    fn on_connection_handler_event(&mut self, _peer: PeerId, _connection: ConnectionId, event: THandlerOutEvent<Self>) {
        match event {}
    }

    fn poll(&mut self, _: &mut Context<'_>) -> Poll<ToSwarm<Infallible, THandlerInEvent<Self>>> {
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_gets_so_many_connections_and_another_still_comes_in() {
        let mut gate = Gate::default();
        let crowd: Multiaddr = "/ip4/192.0.2.1/tcp/1".parse().unwrap();
        for n in 0..limits::CONNECTIONS_PER_ADDRESS as usize {
            assert!(gate.let_in(ConnectionId::new_unchecked(n), &crowd).is_ok());
        }
        assert!(gate.let_in(ConnectionId::new_unchecked(1000), &crowd).is_err());
        let other: Multiaddr = "/ip4/192.0.2.2/udp/1/quic-v1".parse().unwrap();
        assert!(gate.let_in(ConnectionId::new_unchecked(1001), &other).is_ok());
    }
}
