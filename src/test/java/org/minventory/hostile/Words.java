package org.minventory.hostile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minventory.notification.channel.Hostile;

/** What somebody writes who wants more than to be read: commands, templates, lines and cells of files that are made of it. */
record Words(String name, String text) {
    private static final int LONGEST = 10_000;

    /** What a page would run or show as an element of its own. */
    static final String MARKUP =
            "\"'><img class=hostile src=x onerror=\"window.hostile=1\"><script>window.hostile=1</script>"
                    + "<a class=hostile href=\"javascript:window.hostile=1\">x</a>";

    /** All of them; what runs leaves that file behind. */
    static List<Words> all(Path canary) {
        String touch = "touch " + canary;
        Map<String, String> words = new LinkedHashMap<>();
        words.put("template", "{{ lookup('pipe','" + touch + "') }}");
        words.put("template in a block", "{% for x in [lookup('pipe','" + touch + "')] %}{{ x }}{% endfor %}");
        words.put(
                "template with other marks",
                "#jinja2: variable_start_string: '[['\n[[ lookup('pipe','" + touch + "') ]]");
        words.put("vault", "$ANSIBLE_VAULT;1.1;AES256\n6162");
        words.put("yaml", "!!python/object/apply:os.system ['" + touch + "']\n- x: &a *a\n...\n---\n");
        words.put("ssh line", "192.0.2.99\n    ProxyCommand " + touch + "\n    PermitLocalCommand yes\nHost *");
        words.put("ssh block", "x\r\nMatch exec \"" + touch + "\"\r\n");
        words.put("ssh option", "-oProxyCommand=" + touch);
        words.put("known host", "x ssh-ed25519 AAAA\n* ssh-ed25519 AAAA\n@cert-authority * ssh-rsa AAAA");
        words.put("macros", "$USER1$ $HOSTADDRESS$ $host.vars.x$ ${x} %h %n");
        words.put("backticks", "`" + touch + "`");
        words.put("substitution", "$(" + touch + ") ${IFS}");
        words.put("shell", "x; " + touch + " # | " + touch + " && " + touch);
        words.put("formula", "=cmd|'/C " + touch + "'!A1");
        words.put("formula +", "+HYPERLINK(\"https://evil.example\")");
        words.put("formula -", "-2+3+cmd|'/C x'!A1");
        words.put("formula @", "@SUM(1+1)*cmd|'/C x'!A1");
        words.put("formula tab", "\t=1+1");
        words.put("formula return", "\r=1+1");
        words.put("cells", "x\",\"=1+1\"\r\n=1+1,\"");
        words.put("terminal", "\u001b]0;x\u0007\u001b[2J\u001b[31m\u009b31m");
        words.put("nothing", "a\u0000b");
        words.put("escaped nothing", "a\\u0000b%00c\\x00");
        words.put("other order", "\u202egnp.exe\u202c\u2066x\u2069");
        words.put("markup", MARKUP);
        words.put("markup in capitals", "<SCRIPT>window.hostile=1</SCRIPT><svg class=hostile onload=window.hostile=1>");
        words.put("entities", "]]><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;");
        words.put("header", "x\r\nX-Injected: yes\r\nSet-Cookie: hostile=1\r\n\r\n<script>window.hostile=1</script>");
        words.put(
                "event", "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:PROCEDURE\r\nATTACH:file:///bin/sh\r\nEND:VALARM");
        words.put("event stream", "x\n\nevent: hostile\ndata: {}\n\n");
        words.put("zone", "x\n@ IN NS evil.example.\n$INCLUDE /etc/passwd\n* IN A 203.0.113.66 ; \"");
        words.put("zone in a line", "x. IN A 203.0.113.66 ( ; ) \\010");
        words.put("hosts", "192.0.2.99 bank.example\n203.0.113.66 bank.example #");
        words.put("dashes", "--config=/etc/passwd");
        words.put("quotes", "'\"`\\'\\\"\\\\");
        words.put("object", "{\"__ansible_vault\":\"x\",\"__ansible_unsafe\":\"x\"}");
        words.put("path", "../../../../etc/passwd");
        words.put("half a sign", "a\ud83db");
        for (Hostile one : Hostile.values())
            words.put(
                    "chat " + one.name(),
                    one.words().substring(0, Math.min(LONGEST, one.words().length())));
        List<Words> all = new ArrayList<>();
        words.forEach((name, text) -> all.add(new Words(name, text)));
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
