package org.minventory.party;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Who provides what elements are made of: a hosting company, a registrar, a network… The usual ones are shipped in
 * {@code providers.yaml}; customers add their own.
 *
 * @param name the short name, the value of the attribute {@code provider}
 * @param kind one of {@link #KINDS}
 * @param label for eyes
 */
public record Provider(
        String name, String kind, String label, @Nullable String website) {
    /** What providers provide. */
    public static final List<String> KINDS = List.of(
            "hosting",
            "registrar",
            "dns",
            "network",
            "security",
            "mail",
            "storage",
            "certificates",
            "monitoring",
            "software",
            "support",
            "other");

    /** The shipped catalogue, by name. */
    public static List<Provider> catalogue() {
        return Catalogue.PROVIDERS;
    }

    private static final class Catalogue {
        static final List<Provider> PROVIDERS = load();

        private static List<Provider> load() {
            try (InputStream file = new ClassPathResource("org/minventory/party/providers.yaml").getInputStream()) {
                List<Map<String, String>> told = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
                List<Provider> providers = new ArrayList<>();
                for (Map<String, String> one : told) {
                    Provider provider =
                            new Provider(text(one, "name"), text(one, "kind"), text(one, "label"), one.get("website"));
                    if (!KINDS.contains(provider.kind()))
                        throw new IllegalStateException("providers.yaml, " + provider.name() + ": " + provider.kind());
                    providers.add(provider);
                }
                return List.copyOf(providers);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        private static String text(Map<String, String> told, String member) {
            String text = told.get(member);
            if (text == null) throw new IllegalStateException("providers.yaml, " + told + ": no " + member);
            return text;
        }
    }
}
