package org.minventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** Whatever is refused is refused as a problem, in the reader's language, and tells nothing that the reader may not know. */
class ProblemTest {
    private final Story story = Story.told();

    @Test
    void saysWhatIsWrongInTheReadersLanguage() {
        Reply english = story.get(Story.NOBODY, "/api/v1/customers");
        Reply french = story.get(Story.NOBODY, "/api/v1/customers", "Accept-Language", "fr-CH, en;q=0.5");
        assertThat(english.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(english.header("Content-Language")).isEqualTo("en");
        assertThat(english.header("Vary")).contains("Accept-Language", "Authorization");
        assertThat(english.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(english.json().at("/type").stringValue()).isEqualTo("/problems/not-signed-in");
        assertThat(english.json().at("/status").intValue()).isEqualTo(401);
        assertThat(english.json().at("/detail").stringValue()).startsWith("Say who you are");
        assertThat(french.header("Content-Language")).isEqualTo("fr");
        assertThat(french.json().at("/detail").stringValue()).startsWith("Dites qui vous êtes");
    }

    @Test
    void everyBadTokenIsAnsweredTheSame() {
        String revoked = story.robot(story.ops, "acme", Story.name("revoked"), "read:inventory");
        String id = story.get(revoked, "/api/v1/tokens")
                .expect(200)
                .at("/items/0/id")
                .stringValue();
        story.delete(story.ops, "/api/v1/tokens/" + id).expect(204);
        String misspelt =
                story.cio.substring(0, 20) + (story.cio.charAt(20) == 'a' ? 'b' : 'a') + story.cio.substring(21);
        String nobodys = "mnv_" + story.cio.substring(4, 47) + "000000";
        Reply nothing = story.get(Story.NOBODY, "/api/v1/customers");
        for (String bad : List.of(revoked, misspelt, nobodys, "x", "mnv_", "é", "' or 1=1 --"))
            assertSame(story.get(bad, "/api/v1/customers"), nothing);
        assertSame(story.get(Story.NOBODY, "/api/v1/customers", "Authorization", "Basic " + story.cio), nothing);
    }

    @Test
    void noSecretOfAnAddressStandsInTheLog() {
        for (String address : List.of("/share/", "/feeds/", "/calendar/", "/unsubscribe/")) {
            assertThat(ProblemResolver.told(address + "mnf_secret", null)).isEqualTo(address);
            assertThat(ProblemResolver.told(address + "mnf_secret", address + "{secret}"))
                    .isEqualTo(address + "{secret}");
        }
        assertThat(ProblemResolver.told("/api/v1/elements/x", "/api/v1/elements/{element}"))
                .isEqualTo("/api/v1/elements/x");
    }

    @Test
    void aTokenInTheQueryOpensNothing() {
        Reply reply = story.get(Story.NOBODY, "/api/v1/customers?access_token=" + story.cio);
        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void hiddenAndUnknownAreTheSame404() {
        Reply nowhere = story.get(story.stranger, "/api/v1/nowhere");
        assertThat(nowhere.status()).isEqualTo(404);
        for (String path : List.of(
                "/api/v1/customers/acme",
                "/api/v1/customers/" + story.acme,
                "/api/v1/customers/" + UUID.randomUUID(),
                "/api/v1/customers/no-such-customer",
                "/api/v1/tokens/" + story.acme,
                "/api/v1/mandates/not-even-an-id",
                "/nothing")) assertSame(story.get(story.stranger, path), nowhere);
        assertSame(story.get(Story.NOBODY, "/api/v1/nowhere"), nowhere);
    }

    @Test
    void namesTheParameterItDoesNotKnow() {
        Reply reply = story.get(story.cio, "/api/v1/customers?nmae=acme");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/type").stringValue()).isEqualTo("/problems/unknown-parameter");
        assertThat(reply.json().at("/detail").stringValue()).contains("nmae", "limit");
        assertThat(story.get(story.cio, "/api/v1/customers?limit=1&limit=2").status())
                .isEqualTo(400);
    }

    @Test
    void namesThePlaceInTheBody() {
        Map<String, String> problems = new TreeMap<>();
        Map<String, String> bodies = Map.of(
                "", "empty-body",
                "{", "malformed-json",
                "{'slug': 'a', 'slug': 'b'}", "malformed-json",
                "[]", "wrong-type",
                "{'slug': 1, 'name': 'x'}", "wrong-type",
                "{'name': 'x'}", "missing-member",
                "{'slug': 'a', 'name': 'x', 'id': 'mine'}", "unknown-member",
                "{'slug': 'a', 'name': 'x\\u0000'}", "unfit-text",
                "{'slug': 'A B', 'name': 'x'}", "unfit-name",
                "{'slug': 'a', 'name': 'x', 'mandate': {'until': '0001-01-01T00:00:00Z'}}", "unfit-date");
        bodies.forEach((body, expected) -> {
            Reply reply = story.post(story.ops, "/api/v1/customers", body);
            assertThat(reply.status()).as(body).isBetween(400, 422);
            problems.put(body, reply.json().at("/type").stringValue().substring("/problems/".length()));
        });
        assertThat(problems).isEqualTo(new TreeMap<>(bodies));
        JsonNode deep = story.post(story.ops, "/api/v1/customers", "[".repeat(100) + "]".repeat(100))
                .expect(400);
        assertThat(deep.at("/type").stringValue()).isEqualTo("/problems/json-too-deep");
        JsonNode placed = story.post(
                        story.ops, "/api/v1/customers", "{'slug': 'a', 'name': 'x', 'mandate': {'until': 'never'}}")
                .expect(422);
        assertThat(placed.at("/errors/0/pointer").stringValue()).isEqualTo("/mandate/until");
    }

    @Test
    void refusesOtherMethodsAndMediaTypesByName() {
        Reply method = story.send(story.cio, "PUT", "/api/v1/customers", new byte[0]);
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).contains("GET", "POST");
        Reply form =
                story.post(story.ops, "/api/v1/customers", "a=b", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(form.status()).isEqualTo(415);
        assertThat(form.json().at("/detail").stringValue()).contains("application/json");
        assertThat(story.post(story.ops, "/api/v1/customers", "{}", "Content-Type", "application/json;charset=latin1")
                        .status())
                .isEqualTo(415);
        assertThat(story.post(story.ops, "/api/v1/customers", "{}", "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(415);
        assertThat(story.send(Story.NOBODY, "TRACE", "/api/v1/customers", (byte[]) null)
                        .status())
                .isEqualTo(405);
        assertThat(story.send(Story.NOBODY, "BREW", "/api/v1/customers", (byte[]) null)
                        .status())
                .isBetween(400, 405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/customers/a%2Fb",
                "/api/v1/customers/..%2f..%2f",
                "/api/v1/customers/a;b=c",
                "/api/v1//customers",
                "/api/v1/./customers",
                "/api/v1/customers/%00",
                "/api/v1/customers/%zz",
                "/api/v1/customers?limit=%zz",
                "/api/v1/customers?limit=%00",
                "/api/v1/customers/%5c",
                "/api/v1/customers/%ff",
                "/api/v1/elements?q=%ff",
                "/api/v1/elements?q=%80",
                "/api/v1/elements?q=%c0%80",
                "/api/v1/elements?q=%ed%a0%80",
                "/api/v1/elements?%ff=q",
                "/api/v1/search?q=%ff",
                "/integrations/ansible/inventory?customer=%ff",
                "/ui/sign-in?next=%ff",
                "/api/v1/customers/a%0d%0aSet-Cookie:x",
                "/api/v1/customers/acme\u0001"
            })
    void aCrookedPathIsAProblemToo(String path) throws IOException {
        String reply = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + story.cio
                + "\r\nConnection: close\r\n\r\n");
        assertThat(reply).matches("(?s)HTTP/1.1 4\\d\\d.*");
        assertThat(reply)
                .contains("application/problem+json")
                .doesNotContain("<html")
                .doesNotContain("Tomcat");
    }

    @Test
    void tooLargeHeadersAreAProblemToo() throws IOException {
        String reply = raw("GET /api/v1/customers HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(40_000) + "\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 431").contains("headers-too-large");
        assertThat(raw("nonsense\r\n\r\n")).contains("400").contains("application/problem+json");
        assertThat(raw("GET / HTTP/1.1\r\n\r\n")).contains("400").contains("application/problem+json");
    }

    @Test
    void noAnswerNamesTheProgramsBehind() {
        Reply reply = story.get(story.cio, "/api/v1/customers");
        assertThat(reply.headers().map().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)))
                .doesNotContainAnyElementsOf(Set.of("server", "x-powered-by", "set-cookie", "x-request-id"));
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    private static void assertSame(Reply one, Reply other) {
        assertThat(one.text()).isEqualTo(other.text());
        assertThat(one.status()).isEqualTo(other.status());
        assertThat(headers(one)).isEqualTo(headers(other));
    }

    private static Map<String, List<String>> headers(Reply reply) {
        Map<String, List<String>> headers = new TreeMap<>(reply.headers().map());
        headers.remove("date");
        return headers;
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), story.server().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aBodyWhosePiecesAreNoneBrokeOff() throws IOException {
        for (String type : List.of("application/json", "application/x-ndjson"))
            for (String path : List.of("/api/v1/testimonies?customer=acme", "/integrations/ansible/facts"))
                for (String pieces : List.of("zz\r\n", "2\r\n{}", "2\r\n{}\r\nzz\r\n", "-1\r\n{}")) {
                    if (path.startsWith("/int") && type.endsWith("ndjson")) continue;
                    String reply = raw("POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + story.ansible
                            + "\r\nContent-Type: " + type
                            + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + pieces);
                    assertThat(reply).as(type + path + pieces).startsWith("HTTP/1.1 400");
                    assertThat(reply).contains("application/problem+json", "the body broke off");
                }
    }

    @Test
    void aFormThatIsNoTextIsAProblemToo() throws IOException {
        String reply = raw("POST /ui/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded"
                + "\r\nContent-Length: 9\r\nConnection: close\r\n\r\n_csrf=%ff");
        assertThat(reply).matches("(?s)HTTP/1.1 4\\d\\d.*");
    }

    @Test
    void aKeyGivenTwiceIsNoKey() throws IOException {
        for (String path : List.of("/api/v1/testimonies", "/api/v1/tokens")) {
            String reply = raw("POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + story.cio
                    + "\r\nContent-Type: application/json\r\nIdempotency-Key: one\r\nIdempotency-Key: two"
                    + "\r\nContent-Length: 13\r\nConnection: close\r\n\r\n{\"label\":\"x\"}");
            assertThat(reply).as(path).startsWith("HTTP/1.1 400").contains("Idempotency-Key", "more than once");
        }
    }
}
