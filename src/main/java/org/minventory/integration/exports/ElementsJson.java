package org.minventory.integration.exports;

import java.io.OutputStream;
import org.minventory.base.Json;
import org.minventory.export.ElementJson;
import org.minventory.export.Reach;
import org.minventory.export.Then;
import org.minventory.web.Asked;
import tools.jackson.core.JsonGenerator;

/** All that is known of each element, as the API answers it, in one array. */
final class ElementsJson implements Form {
    private final JsonGenerator json;
    private final Reach reach;
    private final Asked asked;

    ElementsJson(Asking asking, OutputStream out) {
        this.json = Json.MAPPER.createGenerator(out);
        this.reach = asking.reach();
        this.asked = asking.asked();
        json.writeStartArray();
    }

    @Override
    public void take(Exported one) {
        json.writePOJO(ElementJson.of(new Then.Seen(one.row(), one.now()), reach, asked.language()));
    }

    @Override
    public int end() {
        json.writeEndArray();
        json.close();
        return 0;
    }
}
