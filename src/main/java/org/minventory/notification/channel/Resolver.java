package org.minventory.notification.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a DNS name. */
public interface Resolver {
    /**
     * All addresses of the name, in the order in which they are tried.
     *
     * @throws UnknownHostException where it has none, or nobody tells them in time
     */
    List<InetAddress> resolve(String name) throws UnknownHostException;
}
