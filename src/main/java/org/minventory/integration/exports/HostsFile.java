package org.minventory.integration.exports;

import java.io.OutputStream;
import java.util.List;
import org.minventory.element.IpAddress;

/** A part of {@code /etc/hosts}, between two marks by which it is found and replaced. */
final class HostsFile implements Form {
    private final Lines lines;
    private final Names names;

    HostsFile(Asking asking, OutputStream out) {
        this.lines = new Lines(out);
        this.names = asking.names();
        lines.line("# BEGIN Minventory");
    }

    @Override
    public void take(Exported one) {
        List<String> called = names.all(one, lines);
        if (called.isEmpty()) return;
        for (IpAddress address : one.addresses()) lines.line(address.text() + " " + String.join(" ", called));
    }

    @Override
    public int end() {
        int skipped = lines.end("#");
        lines.line("# END Minventory");
        lines.end();
        return skipped;
    }
}
