package org.minventory.notification.channel;

/** What a witness could write to do more than be read. */
public enum Hostile {
    CALLS("@here @all @channel <!channel> <!here|x> <@U012AB> <#C012AB> ops@acme.example"),
    LINKS("[sign in](https://evil.example) ![x](https://evil.example/x.png) <https://evil.example|sign in>"
            + " https://evil.example www.evil.example [r]: https://evil.example"),
    MARKUP("*bold* _it_ ~no~ `code` # head > quote | a | b | \\* ``` ~town-square ${x} {{x}} <%= x %>"),
    HTML("<a href=\"https://evil.example\">x</a><script>alert(1)</script><img src=x onerror=alert(1)>"),
    ENTITIES("&lt;!channel&gt; &#64;here &commat;here &amp;amp; &"),
    HEADERS("x\r\nBcc: victim@example.org\r\nX-Injected: yes\r\n\r\nbody\nSubject: other"),
    ENCODED("=?utf-8?q?Bcc=3A?= %0d%0aX-Injected: yes"),
    JSON("\",\"attachments\":[{\"text\":\"x\"}],\"x\":\"\\u0040here\\"),
    CONTROLS("a\u0000b\u0007c\u001b[31md\u0085e\u007f"),
    DIRECTION("\u202egnp.exe\u202c \u2066x\u2069 \u200ey\u061c"),
    UNSEEN("a\u200bb\ufeffc\u00add\udb40\udc41e\u2028f\u2029g"),
    HALVES("a\ud83db\ude00c"),
    LONG("a".repeat(100_000)),
    LONG_QUOTES("\"<&>\\".repeat(20_000)),
    LONG_CALLS("@".repeat(100_000)),
    LONG_EMOJI("😀👩‍👩‍👧".repeat(12_000));

    private final String words;

    Hostile(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
