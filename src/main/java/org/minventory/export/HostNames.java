package org.minventory.export;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.minventory.element.ElementName;

/**
 * What hosts are called in what tools read. A host has its element's name; where several of one answer share it, or tools mean something
 * else by it, each has its customer's behind it: two customers' {@code web-1} must never be one host.
 */
public final class HostNames {
    /** Ansible's own groups, and names that mean the machine on which a tool runs. */
    private static final Set<String> MEANT_OTHERWISE = Set.of("all", "ungrouped", "localhost", "127.0.0.1");

    private final Set<String> taken = new HashSet<>();

    /** Whether a tool means the machine it runs on, or a group, whatever element is called so. */
    public static boolean isMeantOtherwise(String host) {
        return MEANT_OTHERWISE.contains(host);
    }

    /** Whether a host may have that name, in Ansible and everywhere else. */
    public boolean fits(String name) {
        return ElementName.fits(name);
    }

    /**
     * A name that no other host has.
     *
     * @param isShared whether another element of the same answer has the same name
     */
    public String of(String name, String customer, String element, boolean isShared) {
        boolean plain = !isShared && !isMeantOtherwise(name);
        String qualified = name + "." + customer;
        for (String candidate : plain ? List.of(name, qualified) : List.of(qualified))
            if (taken.add(candidate)) return candidate;
        String unique = qualified + "." + element;
        taken.add(unique);
        return unique;
    }
}
