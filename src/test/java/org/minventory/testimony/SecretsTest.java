package org.minventory.testimony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.testimony.Secrets.Found;
import org.minventory.testimony.Secrets.Reason;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SecretsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Put together here, so that nobody who searches the project for secrets finds these. */
    private static final String BEGIN_KEY = "-----BEGIN " + "OPENSSH PRIVATE KEY-----";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "root.password",
                "db_password",
                "adminPassword",
                "ADMIN_PASSWORD2",
                "ansible_become_password",
                "ansible_ssh_pass",
                "passwd",
                "passphrase",
                "client-secret",
                "clientSecret",
                "token",
                "auth.token",
                "apiKey",
                "API_KEY",
                "APIKey",
                "private_key",
                "sshPrivateKey",
                "aws_secret_access_key",
                "consumer_key",
                "wireguard.preshared-key",
                "wifi.psk",
                "snmp_community",
                "password_hash",
                "credentials",
                "Authorization",
                "recovery_codes"
            })
    void aNameTellsOfASecret(String name) {
        assertThat(Secrets.byName(name)).isPresent();
        assertThat(Secrets.firstIn(object(name, "correct horse battery"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ansible_ssh_host_key_ed25519_public",
                "ssh_host_key_rsa_public_keytype",
                "hostkeys",
                "public_key",
                "publicKey",
                "fingerprint",
                "key_fingerprint",
                "serial",
                "token_type",
                "token.expires",
                "password.last-rotated",
                "passwordAuthentication",
                "password_file",
                "secret_path",
                "secret.holder",
                "keyboard",
                "key",
                "passthrough",
                "authorized_keys",
                "monkey",
                "bypass_mode",
                "cpu.cores",
                "zip_code",
                "community"
            })
    void anInnocentNameDoesNot(String name) {
        assertThat(Secrets.byName(name)).isEmpty();
        assertThat(Secrets.firstIn(object(name, "correct horse battery"))).isEmpty();
    }

    static Stream<String> shapes() {
        return Stream.of(
                BEGIN_KEY + "\nb3BlbnNzaC1rZXktdjEAAAAA\n",
                "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----",
                "PuTTY-User-" + "Key-File-3: ssh-ed25519",
                "LS0tLS1CRUdJTi" + "BSU0EgUFJJVkFURSBLRVktLS0tLQo=",
                "AGE-SECRET-" + "KEY-1QQQQQQQQQQQQQQQQQQQQQQQQ",
                "AKIA" + "IOSFODNN7EXAMPLE",
                "id=ASIA" + "IOSFODNN7EXAMPLE;",
                "AIza" + "SyA1234567890123456789012345678901_-a",
                "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
                "sk-ant-api03-" + "aaaaaaaaaaaaaaaaaaaaaaaaaa",
                "ghp_" + "0123456789abcdefghijklmnopqrstuvwxyz",
                "github_pat_" + "11ABCDEFG0123456789abcdef",
                "glpat-" + "abcdefghijklmnopqrst",
                "xoxb-" + "123456789012-abcdefghijkl",
                "hvs." + "CAESIJ1234567890abcdefgh",
                "mnv_" + "Zm9vYmFyYmF6cXV4",
                "mns_" + "Zm9vYmFyYmF6cXV4",
                "the token is mnv_" + "Zm9vYmFyYmF6cXV4.",
                "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0In0.c2lnbmF0dXJl",
                "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "https://hooks.slack.com/services/T0000" + "0000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
                "postgres://app:hunter2@db.example.org/shop",
                "redis://:12345@198.51.100.7:6379/0",
                "see https://bob:s3cret/with@host.example.org",
                "$6$" + "rounds=5000$saltsaltsaltsalt$hashhashhashhashhash",
                "$2y$10$" + "abcdefghijklmnopqrstuvABCDEFGHIJ",
                "Authorization: Basic " + "dXNlcjpwYXNz",
                "curl -H 'Authorization: Bearer abc" + "def123456' https://example.org",
                "bearer " + "0123456789abcdef0123456789abcdef",
                "Server=db;User=app;Password=hunter2;",
                "https://example.org/x?access_token=abc123&y=1",
                "username=backup,password=hunter2,uid=0",
                "Pwd=hunter2;Database=shop",
                "{\"user\":\"app\",\"db_password\":\"hunter2\"}",
                "mysql --password hunter2 shop");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aValueTellsOfASecretWhereverItStands(String value) {
        assertThat(Secrets.inText(value)).isPresent();
        assertThat(Secrets.firstIn(object("note", value))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1234567890abcdefghijklmnopqrstuvwxyzABCD ops@example.org",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY-----",
                "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
                "16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
                "S3Z8NB0K123456",
                "19FA109SK07N",
                "02:fc:00:00:00:01",
                "192.0.2.10/24",
                "fd00::2/64",
                "https://user@git.example.org/repo.git",
                "ssh://git@example.org:22/repo.git",
                "http://example.org:8080/path@1.2",
                "http://[2001:db8::1]:8080/x@y",
                "https://example.org/?q=token",
                "postgres://app:${DB_PASSWORD}@db/shop",
                "postgres://app:***@db/shop",
                "vault:acme/ovh#ipmi",
                "password=***",
                "password={{ vault_password }}",
                "rotate the password every 90 days",
                "the bearer authentication-of-the-proxy is off",
                "sk-bratislava-datacenter-rack-twelve",
                "PWD=/home/alice/deploy OLDPWD=/home/alice",
                "rw,relatime,discard,resv_strict,resuid=65534,resgid=65534",
                "Intel(R) Xeon(R) Processor",
                "550e8400-e29b-41d4-a716-446655440000",
                "Debian GNU/Linux 12 (bookworm)",
                "costs 5$ to 10$ a month"
            })
    void anInnocentValueDoesNot(String value) {
        assertThat(Secrets.inText(value)).isEmpty();
        assertThat(Secrets.firstIn(object("note", value))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vault:acme/ovh#ipmi",
                "vault:path#key",
                "kv/acme/ovh#ipmi",
                "op://Acme/ovh/password",
                "https://vault.example.org/ui/acme#ipmi",
                "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
                "16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
                "********",
                "<redacted>",
                "${DB_PASSWORD}",
                "{{ vault_db_password }}",
                "none",
                "disabled",
                ""
            })
    void aReferenceOrAPlaceholderIsNoSecretUnderAnyName(String value) {
        assertThat(Secrets.firstIn(object("ipmi.password", value))).isEmpty();
    }

    @Test
    void aSecretInsideAReferenceIsOne() {
        assertThat(Secrets.firstIn(object("password", "vault:acme#" + "AKIA" + "IOSFODNN7EXAMPLE")))
                .isPresent();
    }

    @Test
    void onlyWhatIsTypedToGetInMayBeANumber() {
        assertThat(Secrets.firstIn(read("{\"password\": 12345}"))).contains(new Found("/password", Reason.PASSWORD));
        assertThat(Secrets.firstIn(read("{\"tokens\": 12345, \"password\": true, \"secret\": null}")))
                .isEmpty();
    }

    @Test
    void aDescriptionOfASecretIsKeptAndItsValueIsNot() {
        JsonNode told = read("""
                {"secret": {"path": "acme/ovh", "holder": "Alice", "lastRotated": "2026-11-01",
                            "fingerprint": "SHA256:abcdef", "value": "hunter2"},
                 "tokens": ["one", "two"]}
                """);

        assertThat(Secrets.scrub(told).found())
                .containsExactly(
                        new Found("/secret/value", Reason.SECRET),
                        new Found("/tokens/0", Reason.TOKEN),
                        new Found("/tokens/1", Reason.TOKEN));
    }

    @Test
    void theFirstOneIsNamedInTheOrderOfTheDocument() {
        JsonNode told = read("""
                {"facts": {"a/b~c": [{"memory": 1}, {"root.password": "hunter2"}]}, "note": "password=hunter2"}
                """);

        assertThat(Secrets.firstIn(told)).contains(new Found("/facts/a~1b~0c/1/root.password", Reason.PASSWORD));
    }

    @Test
    void aScrubbedDocumentKeepsAllTheRestAndTheOriginalIsNotTouched() {
        JsonNode told = read("""
                {"a": [1, 2.50, null, {"token": "hunter2", "b": true}], "url": "https://u:hunter2@h/", "z": {}}
                """);
        String before = told.toString();

        Secrets.Scrubbed scrubbed = Secrets.scrub(told);

        assertThat(scrubbed.document()).isEqualTo(read("""
                                {"a": [1, 2.50, null, {"token": {"scrubbed": "token"}, "b": true}],
                                 "url": {"scrubbed": "credentials in a URL"}, "z": {}}
                                """));
        assertThat(scrubbed.pointers()).containsExactly("/a/3/token", "/url");
        assertThat(told.toString()).isEqualTo(before);
        assertThat(Secrets.scrub(scrubbed.document()).found()).isEmpty();
    }

    @Test
    void aDocumentWithoutSecretsIsGivenBackAsItIs() {
        JsonNode told = read("{\"memory\": \"32 GiB\"}");

        assertThat(Secrets.scrub(told).document()).isSameAs(told);
    }

    @Test
    void aSecretThatIsTheNameOfAMemberGoesToo() {
        JsonNode told = read("{\"cmdline\": {\"token=hunter2hunter2\": true, \"quiet\": true, \"scrubbed-1\": 0}}");

        Secrets.Scrubbed scrubbed = Secrets.scrub(told);

        assertThat(scrubbed.document())
                .isEqualTo(read("{\"cmdline\": {\"scrubbed-2\": true, \"quiet\": true, \"scrubbed-1\": 0}}"));
        assertThat(scrubbed.pointers()).containsExactly("/cmdline/scrubbed-2");
        assertThat(Secrets.firstIn(told).orElseThrow().pointer()).doesNotContain("hunter2");
    }

    @Test
    void aBareValueIsLookedAtToo() {
        assertThat(Secrets.scrub(JsonNodeFactory.instance.stringNode("ghp_" + "0123456789abcdefghijklmnopqrstuvwxyz")))
                .satisfies(scrubbed -> assertThat(
                                scrubbed.document().path("scrubbed").stringValue())
                        .isEqualTo("token"))
                .satisfies(scrubbed -> assertThat(scrubbed.pointers()).containsExactly(""));
    }

    @Test
    void depthCostsNoStack() {
        JsonNode told = object("password", "hunter2");
        for (int depth = 0; depth < 100_000; depth++) {
            ArrayNode around = JsonNodeFactory.instance.arrayNode();
            told = around.add(told);
        }
        assertThat(Secrets.scrub(told).found()).hasSize(1);
    }

    static Stream<String> textsMadeToBeSlow() {
        return Stream.of(
                        "://a:",
                        "://",
                        "eyJ",
                        "eyJ-",
                        "password",
                        "password=",
                        "-password ",
                        "--",
                        "\"a\":",
                        "a\"password\" :",
                        "bearer ",
                        "authorization: ",
                        "$6$",
                        "BEGIN ",
                        "PRIVATE KEY",
                        "=",
                        "a-",
                        "#/",
                        "a/b/#",
                        "mnv_",
                        "gl",
                        "https://a#")
                .map(piece -> "PRIVATE KEY = \": -- $ " + piece.repeat(200_000 / piece.length()) + " ");
    }

    @ParameterizedTest
    @MethodSource("textsMadeToBeSlow")
    void noTextMakesItSlow(String text) {
        assertTimeout(Duration.ofSeconds(10), () -> {
            Secrets.firstIn(object("note", text));
            Secrets.firstIn(object("password", text));
            Secrets.firstIn(object(text, "x"));
        });
    }

    private static ObjectNode object(String name, String value) {
        return JsonNodeFactory.instance.objectNode().put(name, value);
    }

    private static JsonNode read(String json) {
        return JSON.readTree(json);
    }
}
