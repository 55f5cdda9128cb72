package org.minventory.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.minventory.base.Json;
import org.minventory.notification.Backlog;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Public;
import org.minventory.web.Readiness;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Whether the house stands, whether it receives, and its figures. */
@Controller
public final class HealthApi {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Readiness readiness;
    private final Backlog backlog;
    private final PrometheusMeterRegistry registry;

    public HealthApi(Readiness readiness, Backlog backlog, PrometheusMeterRegistry registry) {
        this.readiness = readiness;
        this.backlog = backlog;
        this.registry = registry;
    }

    @GetMapping("/health/live")
    @Public
    Answer live() {
        return Answer.json(Json.object().put("status", "up"));
    }

    @GetMapping("/health/ready")
    @Public
    Answer ready() {
        readiness.require();
        return Answer.json(Json.object()
                .put("status", "up")
                .put("backlogSeconds", backlog.age().toSeconds()));
    }

    @GetMapping("/metrics")
    @Allowed({Right.MEASURE, Right.OPERATE})
    Answer metrics() {
        return Answer.of(200, PROMETHEUS, registry.scrape().getBytes(StandardCharsets.UTF_8));
    }
}
