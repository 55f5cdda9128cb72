package org.minventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minventory.cli.Terminal;

/** A file is sent from a terminal, which shows how far it has come and what was refused. */
class ImportFileTest {
    @TempDir
    Path folder;

    private final Story story = Story.told();
    private final String customer = story.customer(story.ops, Story.name("file"), "File");

    private Terminal send(Path file, String... more) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), story.ops + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        String[] all = new String[8 + more.length];
        String[] usual = {
            "import-file",
            file.toString(),
            "--server",
            story.server().url(),
            "--token-file",
            token.toString(),
            "--customer",
            customer
        };
        System.arraycopy(usual, 0, all, 0, 8);
        System.arraycopy(more, 0, all, 8, more.length);
        return Terminal.type(Minventory.entrance(), all);
    }

    @Test
    void aTableIsRehearsedThenTakenAndTakenAgain() throws IOException {
        StringBuilder table = new StringBuilder("name,memory,colour\n");
        for (int i = 0; i < 2_200; i++) table.append("typed-").append(i).append(i == 7 ? ",lots,red\n" : ",8 GB,red\n");
        Path file = Files.writeString(folder.resolve("servers.csv"), table);
        Terminal rehearsed = send(file, "--dry-run");
        assertThat(rehearsed.out()).contains("Nothing was written. Lines: 2200. To be recorded: 2199");
        Terminal taken = send(file);
        assertThat(taken.code()).isEqualTo(1);
        assertThat(taken.err())
                .contains("“colour” tells nothing", "% read: 1000 lines answered", "Refused: 9 “typed-7”");
        assertThat(taken.out()).contains("Lines: 2200. Recorded: 2199, confirmed: 0, kept unattached: 0, refused: 1.");
        assertThat(send(file).out()).contains("Recorded: 0, confirmed: 2199");
    }

    @Test
    void whatIsRefusedAsAWholeIsOneSentence() throws IOException {
        Path unnamed = Files.writeString(folder.resolve("colours.csv"), "colour\nred\n");
        Terminal refused = send(unnamed);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("no column names the element").hasLineCount(1);
        Path other = Files.writeString(folder.resolve("x.docx"), "x");
        assertThat(send(other).err()).contains("is of no form that is read").hasLineCount(1);
        Path hosts = Files.writeString(folder.resolve("hosts.yml"), "all: {hosts: {by-yaml: {memory: 1 GiB}}}");
        assertThat(send(hosts, "--type", "virtual-machine").code()).isZero();
    }
}
