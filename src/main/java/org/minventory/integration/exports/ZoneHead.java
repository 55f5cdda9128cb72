package org.minventory.integration.exports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;

/**
 * Which zone is asked for, and its first records: what it is called, who answers for it, and a serial that grows with every
 * second in which something was told.
 *
 * @param asked the name servers that were asked for
 */
record ZoneHead(String zone, List<String> asked, Instant lastTold) {
    static final String ZONE = "zone";
    static final String NAME_SERVERS = "ns";

    /** The name server of a zone of which none is known: whoever loads it. */
    private static final String NOBODY = "localhost";

    private static final int LONGEST_ZONE = 200;
    private static final List<String> REVERSE = List.of("in-addr.arpa", "ip6.arpa");

    static ZoneHead of(Asking asking) {
        String told = asking.parameter(ZONE);
        if (told == null || told.isBlank()) throw Refusal.at(Problem.MISSING_PARAMETER, ZONE, ZONE);
        String zone = name(told);
        if (zone.length() > LONGEST_ZONE || !Ldh.fits(zone))
            throw Refusal.at(Problem.UNFIT_PARAMETER, ZONE, ZONE, "example.net, 2.0.192.in-addr.arpa");
        List<String> servers = new ArrayList<>();
        for (String several : asking.asked().parameters().getOrDefault(NAME_SERVERS, List.of()))
            for (String server : several.split(",", -1)) {
                if (!Ldh.isFull(name(server))) throw unfitServer("ns1.example.net");
                servers.add(name(server));
            }
        return new ZoneHead(zone, List.copyOf(servers), asking.lastTold());
    }

    private static String name(String told) {
        String name = told.strip().toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static Refusal unfitServer(Object expected) {
        return Refusal.at(Problem.UNFIT_PARAMETER, NAME_SERVERS, NAME_SERVERS, expected);
    }

    /** Whether it is one of names of addresses. */
    boolean isReverse() {
        return REVERSE.stream().anyMatch(root -> Ldh.isWithin(zone, root));
    }

    /** A comment, what the zone is called and who answers for it. */
    void write(Lines lines, List<String> servers) {
        String first = servers.getFirst();
        lines.line("; Zone of Minventory. Written anew each time: what is changed here is lost.");
        lines.line("$TTL 3600");
        lines.line(zone + ". IN SOA " + first + ". hostmaster." + (isReverse() ? first : zone) + ". "
                + lastTold.getEpochSecond() + " 3600 900 1209600 300");
        servers.forEach(server -> lines.line(zone + ". IN NS " + server + "."));
    }

    /** Who answers for it: those asked for, else those known, else whoever loads it. */
    List<String> servers(List<String> known) {
        if (!asked.isEmpty()) return asked;
        return known.isEmpty() ? List.of(NOBODY) : known;
    }

    /** A name server within the zone that has no address there would make it unfit to be loaded. */
    Refusal withoutAddress(String server) {
        return unfitServer(Sentence.of("org.minventory.integration.exports.said", "server-without-address", server));
    }
}
