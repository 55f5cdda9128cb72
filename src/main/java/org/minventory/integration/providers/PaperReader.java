package org.minventory.integration.providers;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Reads the documents of one provider. Every field is optional, none that is unknown matters. */
interface PaperReader {
    /**
     * What the document says; nothing where it is none of this provider's.
     *
     * @param document mended, and without its secrets
     */
    List<Paper> read(ObjectNode document);
}
