package org.minventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.minventory.web.Answer;
import org.minventory.web.Route;
import org.minventory.web.Routes;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;

/** Every route declares who may call it, and the contract knows it. */
class RouteTest {
    /** What anybody may read. A route that joins them does so here, on purpose. */
    private static final Set<String> PUBLIC = Set.of(
            "POST /api/v1/setup",
            "GET /health/live",
            "GET /health/ready",
            "GET /openapi.yaml",
            "GET /docs",
            "GET /docs/style.css",
            "GET /problems/{slug}",
            "GET /integrations/survey/survey.sh",
            // these show one project to whoever holds the secret of their address
            "GET /share/{secret}",
            "GET /share/{secret}.json",
            "GET /share/{secret}/attachments/{sha256}",
            "POST /share/{secret}/approval",
            // these read, agree to, or end the subscription of whoever holds the secret of their address
            "GET /feeds/{secret}.atom",
            "GET /calendar/{secret}.ics",
            "GET /confirm/{secret}",
            "POST /confirm/{secret}",
            "GET /unsubscribe/{secret}",
            "POST /unsubscribe/{secret}");

    private final Map<String, Route> routes = routes();

    @Test
    void everyRouteDeclaresWhoMayCallIt() {
        Set<String> open = new TreeSet<>();
        routes.forEach((name, route) -> {
            if (route.isPublic() && !route.bySession()) open.add(name);
        });
        assertThat(open).isEqualTo(new TreeSet<>(PUBLIC));
    }

    @Test
    void theContractDescribesEveryRouteAndNoOther() {
        Set<String> programs = new TreeSet<>();
        routes.forEach((name, route) -> {
            if (!name.contains(" /ui") && !name.equals("GET /")) programs.add(name);
        });
        assertThat(Contract.TRUTH.operations()).isEqualTo(programs);
    }

    @Test
    void aRouteThatDeclaresNobodyFailsTheStart() throws NoSuchMethodException {
        HandlerMethod forgotten = new HandlerMethod(new Forgetful(), "forgotten");
        assertThatThrownBy(() -> Route.of(forgotten))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has to declare who may call it");
        HandlerMethod taken = new HandlerMethod(new Taken(), "taken");
        assertThatThrownBy(() -> Route.of(taken)).hasMessageContaining("make it a @Controller");
    }

    @Controller
    static final class Forgetful {
        @GetMapping("/forgotten")
        public String forgotten() {
            return "";
        }
    }

    @RestController
    static final class Taken {
        @GetMapping("/taken")
        @org.minventory.web.Public
        public Answer taken() {
            return Answer.noContent();
        }
    }

    private static Map<String, Route> routes() {
        Map<String, Route> routes = new TreeMap<>();
        Story.told().server().room(Routes.class).all().forEach((mapped, handler) -> {
            for (String path : mapped.getPatternValues())
                mapped.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> routes.put(method + " " + path, Route.of(handler)));
        });
        return routes;
    }
}
