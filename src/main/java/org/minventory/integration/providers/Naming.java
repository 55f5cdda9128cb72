package org.minventory.integration.providers;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.element.ElementName;
import org.minventory.element.Identifier;
import org.minventory.element.IdentifierKind;
import org.minventory.element.Reference;
import org.minventory.web.Surveying;

/**
 * What the importer calls the services of a document. Whoever carries the provider's reference already is found by it,
 * and needs no name.
 */
final class Naming {
    private static final String SAID = "org.minventory.integration.providers.said";

    private final Provider provider;
    private final @Nullable String only;
    private final Map<String, String> elements = new HashMap<>();
    private final boolean create;

    /**
     * @param only the element of a document about one service, or null
     * @param pairs {@code service:element}
     * @param create whether a service that nobody knows is born as an element
     * @throws Refusal {@link Problem#UNFIT_PARAMETER}
     */
    Naming(Provider provider, @Nullable String only, @Nullable List<String> pairs, boolean create) {
        this.provider = provider;
        this.only = Surveying.named(only, null);
        this.create = create;
        if (pairs != null) pairs.forEach(this::read);
    }

    /** A service may have colons in its name, an element has none. */
    private void read(String pair) {
        int colon = pair.lastIndexOf(':');
        String element = pair.substring(colon + 1);
        if (colon < 1 || !isElement(element))
            throw Refusal.at(Problem.UNFIT_PARAMETER, "elements", "elements", Sentence.of(SAID, "pair"));
        elements.put(withoutProvider(pair.substring(0, colon)), element);
    }

    private String withoutProvider(String service) {
        String prefix = provider.reference("");
        return service.startsWith(prefix) ? service.substring(prefix.length()) : service;
    }

    private static boolean isElement(String told) {
        return Ids.parse(told) != null || ElementName.fits(told);
    }

    /** Throws {@link Problem#UNFIT_PARAMETER} where one element is named for several services. */
    void refuseSeveral(List<Paper> papers) {
        List<String> services = papers.stream()
                .map(Paper::service)
                .filter(Objects::nonNull)
                .map(Paper.Service::reference)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (only != null && services.size() > 1)
            throw Refusal.at(
                    Problem.UNFIT_PARAMETER,
                    "element",
                    "element",
                    Sentence.of(SAID, "several-services", services.getFirst()));
    }

    /** How the element of a service is named to intake, or null where nothing names it. */
    @Nullable
    Reference of(Paper.Service service) {
        String named = named(service);
        if (named != null) return Reference.ofText(named, "");
        String born = create ? born(service) : null;
        if (born != null) return new Reference.Named(born);
        return service.reference() == null
                ? null
                : new Reference.Carrying(
                        new Identifier(IdentifierKind.PROVIDER_REF, provider.reference(service.reference())));
    }

    private @Nullable String named(Paper.Service service) {
        String element = service.reference() == null ? null : elements.get(service.reference());
        return element == null ? only : element;
    }

    private static @Nullable String born(Paper.Service service) {
        String name = service.name() == null ? "" : service.name().toLowerCase(Locale.ROOT);
        return ElementName.fits(name) && Ids.parse(name) == null ? name : null;
    }

    /** The type that the element of a service may be born as; null where it may not. */
    @Nullable
    String bornAs(Paper.Service service) {
        return create && of(service) instanceof Reference.Named ? service.type() : null;
    }
}
