package org.minventory.base;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As whom PostgreSQL runs. It refuses to run as root, so a Minventory started by root either hides that it is root (in
 * a user namespace, where nothing changes hands), or gives PostgreSQL's files to another user and runs it as that user.
 *
 * @param prefix what goes before every command line
 * @param uid the user who must own PostgreSQL's files, or {@link #SELF}
 * @param gid the group beside the user, or {@link #SELF}
 */
record PostgresUser(List<String> prefix, int uid, int gid) {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresUser.class);

    /** Files stay with whoever made them. */
    static final int SELF = -1;

    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    PostgresUser {
        prefix = List.copyOf(prefix);
    }

    /**
     * Decides for one data folder: a folder that already belongs to a user is served by that user.
     *
     * @throws CannotStart where this process is root and cannot be anybody else
     */
    static PostgresUser of(Path folder, Path data) {
        if (new UnixSystem().getUid() != ROOT) {
            return new PostgresUser(List.of(), SELF, SELF);
        }
        int owner = attribute(Files.exists(data) ? data : folder, "unix:uid");
        int group = attribute(Files.exists(data) ? data : folder, "unix:gid");
        PostgresUser hidden = new PostgresUser(List.of("unshare", "--user", "--"), SELF, SELF);
        if (owner == ROOT && hidden.canEnter(folder)) {
            return hidden;
        }
        PostgresUser other = owner == ROOT
                ? droppedTo(folder, NOBODY, NOBODY)
                : droppedTo(folder, owner, group == ROOT ? owner : group);
        LOG.info("PostgreSQL does not run as root: it runs as user {}", other.uid());
        return other;
    }

    private static PostgresUser droppedTo(Path folder, int uid, int gid) {
        PostgresUser dropped = new PostgresUser(
                List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"), uid, gid);
        if (dropped.canEnter(folder)) {
            return dropped;
        }
        throw new CannotStart(
                "PostgreSQL refuses to run as root, and Minventory can neither hide root from it (unshare)"
                        + " nor run it in " + folder + " as user " + uid
                        + " (setpriv): start Minventory as another user,"
                        + " choose a folder every user can enter with --data, or name a running PostgreSQL with --database-url.");
    }

    private boolean canEnter(Path folder) {
        try {
            // POSIX has the test as a program of its own; entering is what "x" on a folder means.
            Process process = new ProcessBuilder(command("test", "-x", folder.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException programMissing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The command line that runs a program as this user. */
    List<String> command(String... programAndArguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(programAndArguments));
        return command;
    }

    /** Hands one file or folder over to this user. */
    void give(Path path) throws IOException {
        if (uid != SELF) {
            Files.setAttribute(path, "unix:uid", uid);
            Files.setAttribute(path, "unix:gid", gid);
        }
    }

    /** Leaves a file of Minventory's own to the user of a folder, who may start Minventory there next time. */
    void leaveToOwner(Path folder, Path file) throws IOException {
        if (uid != SELF && uid == attribute(folder, "unix:uid")) {
            give(file);
        }
    }

    private static int attribute(Path path, String name) {
        try {
            return (Integer) Files.getAttribute(path, name);
        } catch (IOException e) {
            throw new CannotStart("Minventory cannot read to whom " + path + " belongs (" + Reason.of(e) + ").", e);
        }
    }
}
