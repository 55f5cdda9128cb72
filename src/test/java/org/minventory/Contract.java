package org.minventory;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code openapi.yaml} held against what really happens: every request that a test makes and every answer it gets. What
 * was accepted has to be described, and what is answered has to be what is described.
 */
public final class Contract {
    /** The contract as served. */
    public static final Contract TRUTH = new Contract();

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** An array is taken though one of its items cannot be read: twice the same member, or too deep. */
    private static final JsonMapper LENIENT = new JsonMapper();

    private final JsonNode document;
    private final List<Path> paths = new ArrayList<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    private record Path(String template, Pattern pattern, JsonNode operations) {}

    private Contract() {
        try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            document = Json.MAPPER.valueToTree(yaml);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        document.at("/paths").properties().forEach(path -> paths.add(path(path.getKey(), path.getValue())));
        paths.sort(Comparator.comparingInt(path -> path.template().split("\\{", -1).length)); // literal ones first
    }

    private static Path path(String template, JsonNode operations) {
        StringBuilder pattern = new StringBuilder();
        int from = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
            pattern.append(Pattern.quote(template.substring(from, open))).append("[^/]+");
            from = template.indexOf('}', open) + 1;
        }
        pattern.append(Pattern.quote(template.substring(from)));
        return new Path(template, Pattern.compile(pattern.toString()), operations);
    }

    /** Everything described, as {@code GET /path/{variable}}. */
    public Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (Path path : paths)
            for (String method : path.operations().propertyNames())
                if (METHODS.contains(method)) operations.add(method.toUpperCase(Locale.ROOT) + " " + path.template());
        return operations;
    }

    /** A schema by its name. */
    public JsonNode schema(String name) {
        return document.at("/components/schemas/" + name);
    }

    /** What was sent and what came back. */
    public record Exchange(
            String method,
            String target,
            @Nullable String sentType,
            byte @Nullable [] sent,
            int status,
            String type,
            byte[] body) {
        String path() {
            int query = target.indexOf('?');
            return query < 0 ? target : target.substring(0, query);
        }

        String query() {
            int query = target.indexOf('?');
            return query < 0 ? "" : target.substring(query + 1);
        }

        @Override
        public String toString() {
            return method + " " + target + " → " + status + " " + type + " " + new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Throws an assertion error, with the exchange and what is wrong about it, unless the contract describes it. */
    public void hold(Exchange exchange) {
        JsonNode operation = operation(exchange);
        if (operation == null) {
            if (exchange.status() < 400) return; // one test says which routes are not described yet: RouteTest
            requireValid(exchange, reference("#/components/schemas/Problem"), exchange.body(), "the problem");
            return;
        }
        JsonNode response = resolved(operation.at("/responses").path(Integer.toString(exchange.status())));
        if (response.isMissingNode()) {
            if (exchange.status() < 400) throw broken(exchange, "has no such status");
            response = resolved(operation.at("/responses/default"));
        }
        holdAnswer(exchange, response);
        if (exchange.status() < 300) holdRequest(exchange, operation);
    }

    private @Nullable JsonNode operation(Exchange exchange) {
        for (Path path : paths) {
            if (!path.pattern().matcher(exchange.path()).matches()) continue;
            JsonNode operation = path.operations().get(exchange.method().toLowerCase(Locale.ROOT));
            return operation == null ? null : withParametersOf(path, operation);
        }
        return null;
    }

    private static JsonNode withParametersOf(Path path, JsonNode operation) {
        ObjectNode both = Json.object();
        operation.properties().forEach(member -> both.set(member.getKey(), member.getValue()));
        var parameters = both.putArray("parameters");
        path.operations().path("parameters").forEach(parameters::add);
        operation.path("parameters").forEach(parameters::add);
        return both;
    }

    private void holdAnswer(Exchange exchange, JsonNode response) {
        if (exchange.body().length == 0) return;
        String type = exchange.type().replaceFirst(";.*", "").strip();
        JsonNode content = response.path("content").path(type);
        if (content.isMissingNode()) throw broken(exchange, "does not answer " + type);
        boolean thinned = exchange.query().contains("fields=") && exchange.status() < 300;
        if (isJson(type) && !thinned) requireValid(exchange, content.path("schema"), exchange.body(), "the answer");
        if (content.has("x-line") && !thinned) holdLines(exchange, content.get("x-line"));
    }

    private void holdLines(Exchange exchange, JsonNode schema) {
        for (String line : new String(exchange.body(), StandardCharsets.UTF_8).split("\n", -1))
            if (!line.isEmpty()) requireValid(exchange, schema, line.getBytes(StandardCharsets.UTF_8), "a line");
    }

    private void holdRequest(Exchange exchange, JsonNode operation) {
        Set<String> known = new TreeSet<>();
        operation.path("parameters").forEach(told -> {
            JsonNode parameter = resolved(told);
            if (parameter.path("in").asString().equals("query"))
                known.add(parameter.path("name").asString());
        });
        for (String pair : exchange.query().split("&", -1)) {
            String name = URLDecoder.decode(pair.replaceFirst("=.*", ""), StandardCharsets.UTF_8);
            if (!name.isEmpty() && known.stream().noneMatch(each -> covers(each, name)))
                throw broken(exchange, "takes the parameter " + name + ", which is not described");
        }
        byte[] sent = exchange.sent();
        if (sent == null || sent.length == 0) return;
        String type = exchange.sentType() == null
                ? ""
                : exchange.sentType().replaceFirst(";.*", "").strip();
        JsonNode content = operation.path("requestBody").path("content").path(type);
        if (content.isMissingNode())
            content = operation.path("requestBody").path("content").path("*/*");
        if (content.isMissingNode()) throw broken(exchange, "takes a body of " + type + ", which is not described");
        // an array is taken item by item: one that is no JSON is refused in its receipt
        if (isJson(type) && sent[0] != '[') requireValid(exchange, content.path("schema"), sent, "what was sent");
    }

    private static boolean isJson(String type) {
        return type.endsWith("/json") || type.endsWith("+json");
    }

    /** A parameter described as {@code fact.<attribute>} stands for all that begin so. */
    private static boolean covers(String described, String name) {
        int open = described.indexOf('<');
        return open < 0 ? described.equals(name) : name.startsWith(described.substring(0, open));
    }

    private void requireValid(Exchange exchange, JsonNode schema, byte[] json, String what) {
        JsonNode tree;
        try {
            tree = LENIENT.readTree(json);
        } catch (JacksonException notJson) {
            throw broken(exchange, what + " is no JSON");
        }
        var errors = schemas.computeIfAbsent(schema, this::compiled).validate(tree);
        if (!errors.isEmpty()) throw broken(exchange, what + " is not as described: " + errors);
    }

    private Schema compiled(JsonNode schema) {
        ObjectNode whole = Json.object();
        whole.set("components", document.get("components"));
        whole.putArray("allOf").add(schema);
        return registry.getSchema(whole);
    }

    private static ObjectNode reference(String reference) {
        return Json.object().put("$ref", reference);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").stringValue().substring(1)) : node;
    }

    private static AssertionError broken(Exchange exchange, String why) {
        return new AssertionError("openapi.yaml: " + why + "\n" + exchange);
    }
}
