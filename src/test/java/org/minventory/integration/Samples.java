package org.minventory.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents of real tools that the tests read, as strictly as the doors do. */
public final class Samples {

    public static final String ANSIBLE = "/samples/ansible/ansible-setup-local.json";
    public static final String ANSIBLE_RUN = "/samples/ansible/ansible-posix-json-callback.json";
    public static final String LSHW = "/samples/lshw/lshw-object-root.json";

    private Samples() {}

    public static JsonNode read(String path) {
        try (InputStream document = Objects.requireNonNull(Samples.class.getResourceAsStream(path), path)) {
            return Json.read(document.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static String text(String path) {
        try (InputStream document = Objects.requireNonNull(Samples.class.getResourceAsStream(path), path)) {
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What survey.sh prints where the samples of its tools were captured, which is where Ansible's and lshw's were. */
    public static ObjectNode bundle() {
        ObjectNode bundle = Json.object().put("survey.sh", 1);
        ObjectNode parts = bundle.putObject("parts");
        part(parts, "hostname", "vm\n");
        part(parts, "fqdn", "localhost\n");
        part(parts, "kernel", "6.18.44-cloud-amd64\n");
        part(parts, "machine", "x86_64\n");
        part(parts, "os-release", text("/samples/survey/os-release.txt"));
        part(parts, "lscpu", text("/samples/survey/lscpu-J.json"));
        part(parts, "meminfo", text("/samples/survey/proc-meminfo.txt"));
        part(parts, "dmidecode", text("/samples/survey/dmidecode.txt"))
                .put("status", 1)
                .put("error", "/dev/mem: No such file or directory\n");
        part(parts, "lsblk", text("/samples/survey/lsblk-J-b-O.json"));
        part(parts, "addresses", text("/samples/survey/ip-j-addr.json"));
        part(parts, "route", text("/samples/survey/ip-j-route-get.json"));
        part(parts, "ports", "eth0 hardware=yes speed=-1\nlo hardware=no speed=\n");
        return bundle;
    }

    /** Puts what a tool printed among the parts of a bundle. */
    public static ObjectNode part(ObjectNode parts, String name, String output) {
        return parts.putObject(name)
                .put("command", name)
                .put("status", 0)
                .put("output", output)
                .put("error", "");
    }

    public static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
