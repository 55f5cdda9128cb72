package org.minventory.integration.exports;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.minventory.element.IpAddress;

/**
 * The keys of hosts, as OpenSSH looks them up ({@code sshd(8)}): by the names of the configuration beside it, and by addresses
 * that an ops says are theirs.
 */
final class KnownHosts implements Form {
    private static final int USUAL_PORT = 22;

    private final Lines lines;
    private final Names names;

    KnownHosts(Asking asking, OutputStream out) {
        this.lines = new Lines(out);
        this.names = asking.names();
    }

    @Override
    public void take(Exported one) {
        for (int i = 0; i < one.unfitHostKeys(); i++) lines.skip();
        List<HostKey> keys = one.hostKeys();
        List<String> called = names.all(one, lines);
        if (called.isEmpty() || keys.isEmpty()) return;
        List<String> all = new ArrayList<>(called);
        one.certainAddresses().stream().map(IpAddress::text).forEach(all::add);
        Integer port = one.connection().port();
        if (port != null && port != USUAL_PORT) for (String each : List.copyOf(all)) all.add("[" + each + "]:" + port);
        keys.forEach(key -> lines.line(String.join(",", all) + " " + key.line()));
    }

    @Override
    public int end() {
        return lines.end("#");
    }
}
