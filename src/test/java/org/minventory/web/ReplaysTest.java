package org.minventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;

/** An act told twice is done once and answered the same. */
class ReplaysTest {
    private static final String TOKENS = "/api/v1/tokens";

    private final Story story = Story.told();

    @Test
    void sameKeyAndBodyGiveTheSameAnswer() {
        String key = Story.name("key");
        Reply first = story.post(story.cio, TOKENS, "{'label': 'once'}", "Idempotency-Key", key);
        Reply again = story.post(story.cio, TOKENS, "{'label': 'once'}", "Idempotency-Key", key);
        first.expect(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void anotherBodyOrPathWithTheSameKeyIsRefused() {
        String key = Story.name("key");
        story.post(story.cio, TOKENS, "{'label': 'one'}", "Idempotency-Key", key)
                .expect(201);
        Reply other = story.post(story.cio, TOKENS, "{'label': 'other'}", "Idempotency-Key", key);
        assertThat(other.expect(422).at("/type").stringValue()).isEqualTo("/problems/key-reused");
        story.post(story.cio, "/api/v1/witnesses", "{'role': 'member', 'name': 'x'}", "Idempotency-Key", key)
                .expect(422);
        // keys are one's own
        story.post(story.ops, TOKENS, "{'label': 'other'}", "Idempotency-Key", key)
                .expect(201);
    }

    @Test
    void aRefusedActMayBeMendedAndToldAgain() {
        String key = Story.name("key");
        story.post(story.cio, TOKENS, "{'label': ''}", "Idempotency-Key", key).expect(422);
        story.post(story.cio, TOKENS, "{'label': 'mended'}", "Idempotency-Key", key)
                .expect(201);
    }

    @Test
    void fiftyAtOnceDoItOnce() throws Exception {
        String key = Story.name("key");
        String body = "{'slug': '" + Story.name("parallel") + "', 'name': 'Parallel'}";
        Callable<Reply> post = () -> story.post(story.ops, "/api/v1/customers", body, "Idempotency-Key", key);
        Set<String> answers = new TreeSet<>();
        try (ExecutorService fifty = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Reply> reply :
                    fifty.invokeAll(IntStream.range(0, 50).mapToObj(i -> post).toList())) {
                assertThat(reply.get().status()).isIn(201, 409, 503);
                if (reply.get().status() == 201) answers.add(reply.get().text());
            }
        }
        assertThat(answers).hasSize(1);
    }

    @Test
    void theSecretOfAnAnswerIsReadableToItsReaderOnly() throws SQLException {
        String key = Story.name("key");
        String secret = story.post(story.cio, TOKENS, "{'label': 'sealed'}", "Idempotency-Key", key)
                .expect(201)
                .at("/secret")
                .stringValue();
        var superuser = story.database().superuser();
        try (Connection connection =
                        DriverManager.getConnection(superuser.url(), superuser.user(), superuser.password());
                var rows = connection
                        .createStatement()
                        .executeQuery("select encode(answer, 'escape') from replay where key = '" + key + "'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).doesNotContain(secret).doesNotContain("sealed");
        }
    }

    @Test
    void anAnswerAboutACustomerOutOfReachIsNotGivenAgain() {
        String key = Story.name("key");
        String body = "{'slug': '" + Story.name("leaving") + "', 'name': 'Leaving'}";
        Reply opened = story.post(story.ops, "/api/v1/customers", body, "Idempotency-Key", key);
        String mandate = opened.expect(201).at("/mandate/id").stringValue();
        story.post(story.ops, "/api/v1/mandates/" + mandate + "/end", "").expect(200);
        story.post(story.ops, "/api/v1/customers", body, "Idempotency-Key", key).expect(404);
    }

    @Test
    void keysHaveLimits() {
        for (String key : List.of("a b", "x".repeat(256), "a\tb"))
            story.post(story.cio, TOKENS, "{'label': 'x'}", "Idempotency-Key", key)
                    .expect(400);
        story.post(story.cio, TOKENS, "{'label': 'x'}", "Idempotency-Key", "x".repeat(255))
                .expect(201);
    }
}
