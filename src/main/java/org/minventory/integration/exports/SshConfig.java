package org.minventory.integration.exports;

import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.element.IpAddress;
import org.minventory.export.Connection;

/** A configuration of OpenSSH to be included ({@code ssh_config(5)}): where each host is, as whom and through what. */
final class SshConfig implements Form {
    private final Lines lines;
    private final Names names;

    SshConfig(Asking asking, OutputStream out) {
        this.lines = new Lines(out);
        this.names = asking.names();
        lines.line("# Hosts of Minventory. Written anew each time: what is changed here is lost.");
    }

    @Override
    public void take(Exported one) {
        List<String> called = names.all(one, lines);
        if (called.isEmpty()) return;
        String reachedAt = reachedAt(one, called);
        if (reachedAt == null) {
            lines.skip();
            return;
        }
        lines.line("");
        lines.line("Host " + String.join(" ", called));
        lines.line("    HostName " + reachedAt);
        lines.line("    HostKeyAlias " + one.host());
        Connection connection = one.connection();
        if (connection.user() != null) lines.line("    User " + connection.user());
        if (connection.port() != null) lines.line("    Port " + connection.port());
        String jump = connection.jump();
        if (jump != null) through(one, jump);
    }

    /** Through an element that is not in the file by its own name: whoever reads it knows it, or is not connected. */
    private void through(Exported one, String jump) {
        String host = names.host(one.row().customer(), jump);
        if (host != null) lines.line("    ProxyJump " + host);
        else if (!Names.isMeantOtherwise(jump)) lines.line("    ProxyJump " + jump);
        else lines.skip();
    }

    /** By its address, else by its full name. */
    private static @Nullable String reachedAt(Exported one, List<String> called) {
        List<IpAddress> addresses = one.addresses();
        if (!addresses.isEmpty()) return addresses.getFirst().text();
        return called.stream().filter(Ldh::isFull).findFirst().orElse(null);
    }

    @Override
    public int end() {
        lines.line("");
        return lines.end("#");
    }
}
