package org.minventory.conformity;

import org.minventory.element.Attribute;
import tools.jackson.databind.JsonNode;

/** One address, whatever prefix length was told with it. */
final class SameAddressRule implements Rule {
    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        return Finding.sameIf(withoutPrefix(expected.value()).equals(withoutPrefix(seen.value())));
    }

    private static String withoutPrefix(JsonNode value) {
        String text = value.asString("");
        int slash = text.indexOf('/');
        return slash < 0 ? text : text.substring(0, slash);
    }
}
