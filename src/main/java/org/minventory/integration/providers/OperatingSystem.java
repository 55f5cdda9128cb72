package org.minventory.integration.providers;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;

/** The system that a provider installed, where its word for it is one of the usual. */
record OperatingSystem(String name, Optional<String> version) {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("debian", "Debian"),
            Map.entry("ubuntu", "Ubuntu"),
            Map.entry("rocky", "Rocky Linux"),
            Map.entry("rockylinux", "Rocky Linux"),
            Map.entry("alma", "AlmaLinux"),
            Map.entry("almalinux", "AlmaLinux"),
            Map.entry("centos", "CentOS"),
            Map.entry("fedora", "Fedora"),
            Map.entry("opensuse", "openSUSE"),
            Map.entry("freebsd", "FreeBSD"));

    /** {@code debian12_64}, {@code ubuntu2204-server_64}, {@code debian-12}, {@code Debian 12}. */
    private static final Pattern TEMPLATE = Pattern.compile("([a-z]+)[ _-]?(\\d{1,4}(?:\\.\\d{1,2})?)?(?:[ _-].*)?");

    /** By the name of a template or an image. */
    static Optional<OperatingSystem> ofTemplate(JsonNode told) {
        Matcher matcher = TEMPLATE.matcher(Reading.text(told).orElse("").toLowerCase(Locale.ROOT));
        return matcher.matches() ? of(matcher.group(1), Optional.ofNullable(matcher.group(2))) : Optional.empty();
    }

    /** By the name and the version, which stand apart. */
    static Optional<OperatingSystem> of(JsonNode flavour, JsonNode version) {
        return of(
                Reading.text(flavour).orElse("").toLowerCase(Locale.ROOT),
                Reading.text(version).filter(told -> told.matches("\\d[\\d.]{0,20}")));
    }

    private static Optional<OperatingSystem> of(String word, Optional<String> version) {
        String name = NAMES.get(word);
        return name == null
                ? Optional.empty()
                : Optional.of(new OperatingSystem(name, version.map(told -> dotted(name, told))));
    }

    /** Ubuntu's 2204 is 22.04. */
    private static String dotted(String name, String version) {
        boolean glued = name.equals("Ubuntu") && version.matches("\\d{4}");
        return glued ? version.substring(0, 2) + "." + version.substring(2) : version;
    }

    void tell(Sheet sheet) {
        sheet.tell("os.name", Optional.of(name)).tell("os.version", version);
    }
}
