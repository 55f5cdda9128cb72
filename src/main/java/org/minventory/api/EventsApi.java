package org.minventory.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.notification.Bell;
import org.minventory.notification.Notice;
import org.minventory.notification.Stream;
import org.minventory.party.Caller;
import org.minventory.party.Callers;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notices as they are given, as Server-Sent Events (HTML Living Standard, section 9.2). The id of each is a place in the
 * numbers of all customers in reach: whoever comes back with it goes on without a gap. Rights are looked at again before
 * each look at the record, so that what ended opens nothing any more.
 */
@Controller
public final class EventsApi implements SmartLifecycle {
    private static final String PATH = "/api/v1/events";
    private static final String STREAM = "text/event-stream";
    private static final int STREAMS_OF_ONE_TOKEN = 20;
    private static final long LOOK_MILLIS = 1_000;
    private static final long ALIVE_NANOS = 15_000_000_000L;
    private static final int PLACE_BYTES = 24;

    private final Stream stream;
    private final Callers callers;
    private final Bell bell;
    private final Map<UUID, Integer> open = new ConcurrentHashMap<>();
    private volatile boolean running;

    public EventsApi(Stream stream, Callers callers, Bell bell) {
        this.stream = stream;
        this.callers = callers;
        this.bell = bell;
    }

    @GetMapping(PATH)
    @Allowed(Right.SUBSCRIBE)
    Answer events(
            Asked asked,
            HttpServletResponse response,
            @RequestParam(required = false) @Nullable List<String> notices,
            @RequestParam(required = false) @Nullable String after) {
        Set<Notice.Type> types = types(notices);
        String told = asked.header("Last-Event-ID") == null ? after : asked.header("Last-Event-ID");
        Stream.Place place = told == null || told.isEmpty() ? stream.now(asked.caller()) : read(told);
        if (asked.method().equals("HEAD")) return stream(Answer.of(200, STREAM, new byte[0]));
        UUID token = Objects.requireNonNull(asked.caller().token(), "whoever listens comes with a token");
        if (open.merge(token, 1, Integer::sum) > STREAMS_OF_ONE_TOKEN) {
            release(token);
            throw Refusal.of(Problem.TOO_MANY_REQUESTS);
        }
        return stream(Answer.of(STREAM, new Answer.Content() {
            @Override
            public long length() {
                return -1;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                try {
                    follow(asked, token, place, types, out);
                } finally {
                    release(token);
                }
            }
        }));
    }

    /** What has no end is nobody's to keep. Whoever asks for the headers alone gets these: it would never be seen that he left. */
    private static Answer stream(Answer answer) {
        return answer.header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
    }

    private void release(UUID token) {
        open.computeIfPresent(token, (one, count) -> count == 1 ? null : count - 1);
    }

    private static Set<Notice.Type> types(@Nullable List<String> told) {
        Set<Notice.Type> types = new HashSet<>();
        for (String word : Filters.orNone(told)) {
            Notice.Type type = Notice.Type.of(word);
            if (type == null) throw Filters.unfit("notices", String.join(", ", Notice.Type.words()));
            types.add(type);
        }
        return types;
    }

    private void follow(Asked asked, UUID token, Stream.Place from, Set<Notice.Type> types, OutputStream out)
            throws IOException {
        Stream.Place place = from;
        write(out, "retry: 3000\nid: " + written(place) + "\n\n");
        long spoken = System.nanoTime();
        try (Bell.Ear ear = bell.listen()) {
            while (running) {
                Caller caller = callers.behind(token);
                if (caller == null || !caller.may(Right.SUBSCRIBE)) return;
                Stream.Next next = stream.after(caller, place, types, asked.language());
                for (Stream.Event event : next.events()) write(out, event(event));
                boolean moved = !next.place().equals(place);
                place = next.place();
                if (!next.events().isEmpty()) spoken = System.nanoTime();
                if (next.hasMore()) continue;
                if (moved && next.events().isEmpty()) write(out, "id: " + written(place) + "\n\n");
                if (System.nanoTime() - spoken > ALIVE_NANOS) {
                    write(out, ":\n\n");
                    spoken = System.nanoTime();
                }
                ear.await(LOOK_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String event(Stream.Event event) {
        ObjectNode data = Json.object().put("customer", event.customer().toString());
        data.setAll(NewsJson.of(event.news()));
        return "id: " + written(event.after()) + "\nevent: " + event.news().type() + "\ndata: "
                + Json.canonicalText(data) + "\n\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    // ---- places, as text that says nothing to anybody ---------------------------------------------------------------

    private static String written(Stream.Place place) {
        ByteBuffer bytes = ByteBuffer.allocate(place.numbers().size() * PLACE_BYTES);
        new TreeMap<>(place.numbers()).forEach((customer, no) -> bytes.putLong(customer.getMostSignificantBits())
                .putLong(customer.getLeastSignificantBits())
                .putLong(no));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static Stream.Place read(String told) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(told));
            if (bytes.remaining() % PLACE_BYTES == 0) {
                Map<UUID, Long> numbers = new HashMap<>();
                while (bytes.hasRemaining())
                    numbers.put(new UUID(bytes.getLong(), bytes.getLong()), Math.max(0, bytes.getLong()));
                return new Stream.Place(numbers);
            }
        } catch (IllegalArgumentException unreadable) {
            throw Refusal.because(unreadable, Problem.UNFIT_CURSOR);
        }
        throw Refusal.of(Problem.UNFIT_CURSOR);
    }

    // ---- the house closes -------------------------------------------------------------------------------------------

    @Override
    public void start() {
        running = true;
    }

    /** Before the doors close, which wait for everybody who is still inside. */
    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
