package org.minventory.api;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.element.ElementName;
import org.minventory.party.Caller;
import org.minventory.testimony.Secrets;
import org.minventory.web.Members;
import org.minventory.web.Paging;

/** What declarations share: who may declare for whom, in which words, and how their short lists are paged. */
final class Declaring {
    private static final int LONGEST_LABEL = 200;
    private static final int LONGEST_TEXT = 2_000;

    private Declaring() {}

    /** A declaration holds for the whole customer: who reaches only a part of it declares nothing. */
    static UUID requireWhole(Caller caller, UUID customer) {
        Scope.Grant grant = caller.scope().grant(customer);
        if (grant == null) throw Refusal.of(Problem.NOT_FOUND);
        if (!grant.isWhole()) throw Refusal.of(Problem.NOT_ALLOWED);
        return customer;
    }

    /** A name as elements bear one: it becomes the value of a fact, a group of hosts, a part of URLs. */
    static String name(Members members) {
        String name = members.text("name");
        if (!ElementName.fits(name)) throw Refusal.at(Problem.UNFIT_NAME, "/name", name);
        return name;
    }

    /** A line for eyes, or null. */
    static @Nullable String label(Members members, String name) {
        return text(members, name, LONGEST_LABEL);
    }

    /** A few lines for eyes, or null. */
    static @Nullable String description(Members members, String name) {
        return text(members, name, LONGEST_TEXT);
    }

    private static @Nullable String text(Members members, String name, int longest) {
        String text = members.textOrNull(name);
        if (text == null) return null;
        if (text.isBlank() || text.length() > longest)
            throw Refusal.at(Problem.UNFIT_VALUE, "/" + name, Said.of("a-text", longest));
        Optional<Secrets.Reason> secret = Secrets.inText(text);
        if (secret.isPresent())
            throw Refusal.at(
                    Problem.LOOKS_LIKE_A_SECRET, "/" + name, secret.get().words());
        return text.strip();
    }

    /** The rows of a list short enough to be read whole, after the place of a page; by name, then by customer. */
    static <T> List<T> after(Paging paging, List<T> all, Function<T, List<String>> keys) {
        Comparator<List<String>> order =
                Comparator.comparing(List<String>::getFirst).thenComparing(List::getLast);
        String name = paging.key(0);
        String customer = paging.key(1);
        List<String> place = name == null || customer == null ? null : List.of(name, customer);
        return all.stream()
                .sorted(Comparator.comparing(keys, order))
                .filter(row -> place == null || order.compare(keys.apply(row), place) > 0)
                .limit(paging.fetch())
                .toList();
    }

    /** The only one of that name; where several customers have one, the reader has to say which is meant. */
    static <T> T theOne(List<T> found) {
        if (found.isEmpty()) throw Refusal.of(Problem.NOT_FOUND);
        if (found.size() > 1) throw Refusal.of(Problem.CUSTOMER_NEEDED);
        return found.getFirst();
    }
}
