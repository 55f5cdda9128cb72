package org.minventory.integration.ansible;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/** How an inventory is written down, one host after the other: what is written need not be held. */
interface InventoryForm {
    /** One host with its variables. */
    void host(String name, Map<String, JsonNode> vars);

    /** Everything else; nothing may follow. */
    void end(SortedMap<String, List<String>> groups, Map<String, JsonNode> vars);
}
