package org.minventory.integration.providers;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;

/** The providers whose documents are read; each has a door of its name. */
enum Provider {
    OVH("OVHcloud", "{\"order\": {\"orderId\": …}, \"details\": […]}, {\"server\": …, \"hardware\": …}"),
    HETZNER("Hetzner", "{\"transaction\": {\"id\": …}}, {\"server\": {\"server_number\": …}}"),
    HETZNER_CLOUD("Hetzner", "{\"server\": {\"id\": …, \"server_type\": …}}"),
    SCALEWAY("Scaleway", "{\"server\": {\"id\": …, \"commercial_type\": …}}"),
    DEDIBOX("Scaleway Dedibox", "{\"server\": {\"id\": …, \"offer\": …}}, {\"service\": {\"id\": …}}");

    private final String label;
    private final String expected;

    Provider(String label, String expected) {
        this.label = label;
        this.expected = expected;
    }

    /** The provider whose door has that name, or null. */
    static @Nullable Provider of(String word) {
        return Arrays.stream(values())
                .filter(provider -> provider.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    /** The name of its door, and the beginning of its references. */
    String word() {
        return Word.of(this);
    }

    /** What people call it. */
    String label() {
        return label;
    }

    /** What its documents look like, for a sentence. */
    String expected() {
        return expected;
    }

    /** Who reads its documents. */
    PaperReader reader() {
        return switch (this) {
            case OVH -> new OvhReader(this);
            case HETZNER -> new HetznerReader(this);
            case HETZNER_CLOUD -> new HetznerCloudReader(this);
            case SCALEWAY -> new ScalewayReader(this);
            case DEDIBOX -> new DediboxReader(this);
        };
    }

    /** Its reference of a service, as elements carry it. */
    String reference(String service) {
        return word() + ":" + service;
    }
}
