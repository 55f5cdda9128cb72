package org.minventory.element;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Word;

/**
 * Until when makers support what they made: operating systems, databases, languages, by version. The shipped
 * {@code end-of-support.yaml}, or that with an instance's own file over it. Immutable.
 */
public final class EndOfSupport {
    private final Map<String, Product> products;

    EndOfSupport(Map<String, Product> products) {
        this.products = Collections.unmodifiableMap(new LinkedHashMap<>(products));
    }

    /** How a product is found among what is known of an element. */
    public enum Sort {
        OPERATING_SYSTEM("os.name", "os.version"),
        SOFTWARE("software", "version");

        private final String naming;
        private final String version;

        Sort(String naming, String version) {
            this.naming = naming;
            this.version = version;
        }

        /** The attribute that tells which product it is. */
        public String naming() {
            return naming;
        }

        /** The attribute that tells its version. */
        public String version() {
            return version;
        }

        String word() {
            return Word.of(this);
        }
    }

    /** What the name of an attribute ends with that tells the version of the software which its beginning names. */
    public static final String OF_SOFTWARE = ".version";

    /**
     * A product.
     *
     * @param label how it is called to people
     * @param names by which it is told, in small letters
     * @param ends the last days, by version
     */
    public record Product(String label, Sort sort, List<String> names, Map<String, LocalDate> ends) {
        public Product {
            names = List.copyOf(names);
            ends = Collections.unmodifiableMap(new LinkedHashMap<>(ends));
        }

        /** The attributes that may tell its version. */
        public List<String> attributes() {
            List<String> attributes = new ArrayList<>(List.of(sort.version()));
            if (sort == Sort.SOFTWARE) names.forEach(name -> attributes.add(name + OF_SOFTWARE));
            return attributes;
        }
    }

    /** The last day on which a version is supported, and what it is called: {@code Debian 12}. */
    public record End(String about, LocalDate on) {}

    /** The shipped days. */
    public static EndOfSupport shipped() {
        return Shipped.DAYS;
    }

    private static final class Shipped {
        static final EndOfSupport DAYS = load();

        private static EndOfSupport load() {
            try (InputStream file = EndOfSupport.class.getResourceAsStream("end-of-support.yaml")) {
                byte[] bytes = Objects.requireNonNull(file).readAllBytes();
                return new EndOfSupport(Map.of()).with(new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    /**
     * These days with those of a file of the same shape over them.
     *
     * @throws UnfitFile with the line that does not fit
     */
    public EndOfSupport with(String yaml) {
        return new EndOfSupportReader(products).read(yaml);
    }

    /** When the support of a version ends: what fits it best, or null where nobody knows. */
    public @Nullable End of(Sort sort, String name, String version) {
        String told = name.strip().toLowerCase(Locale.ROOT);
        for (Product product : products.values())
            if (product.sort() == sort && product.names().contains(told)) return of(product, Version.parts(version));
        return null;
    }

    private static @Nullable End of(Product product, List<String> parts) {
        String best = null;
        int longest = 0;
        for (String version : product.ends().keySet()) {
            List<String> begins = Version.parts(version);
            boolean fits = begins.size() <= parts.size() && begins.equals(parts.subList(0, begins.size()));
            if (!fits || begins.size() <= longest) continue;
            best = version;
            longest = begins.size();
        }
        LocalDate on = best == null ? null : product.ends().get(best);
        return on == null ? null : new End(product.label() + " " + best, on);
    }

    /** Every product. */
    public Iterable<Product> products() {
        return products.values();
    }

    /** What all these days are told apart by from others. */
    public String fingerprint() {
        return HexFormat.of().formatHex(Ids.sha256().digest(products.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
