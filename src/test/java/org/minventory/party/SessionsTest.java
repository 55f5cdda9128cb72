package org.minventory.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;

/** A session of the pages lasts while somebody is there, never longer than a working day, never longer than its token. */
class SessionsTest {
    private final Story.StandingClock clock = new Story.StandingClock();
    private final Story story = Story.fresh(clock);
    private final Tx tx = story.server().room(Tx.class);
    private final Callers callers = story.server().room(Callers.class);
    private final Sessions sessions = story.server().room(Sessions.class);

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void opensWhatItsTokenOpens() {
        Caller alice = callers.of(story.cio);
        Caller visiting = callers.ofSession(open());
        assertThat(visiting.actor()).isEqualTo(alice.actor());
        assertThat(visiting.scope()).isEqualTo(alice.scope());
    }

    @Test
    void endsAfterHalfAnHourWithoutAVisit() {
        String cookie = open();
        for (int i = 0; i < 3; i++) {
            clock.pass(Duration.ofMinutes(29));
            visit(cookie);
        }
        clock.pass(Duration.ofMinutes(31));
        closed(cookie);
    }

    @Test
    void endsAfterTwelveHoursWhateverHappens() {
        String cookie = open();
        for (int i = 0; i < 28; i++) {
            clock.pass(Duration.ofMinutes(25));
            visit(cookie);
        }
        clock.pass(Duration.ofMinutes(21));
        closed(cookie);
    }

    @Test
    void endsWithItsTokenAndOnLeaving() {
        String left = open();
        tx.write(Scope.NOTHING, db -> {
            sessions.close(db, left);
            return true;
        });
        closed(left);
        String cookie = open();
        String token = "";
        for (var each : story.get(story.cio, "/api/v1/tokens").expect(200).at("/items"))
            if (each.at("/label").stringValue().equals("Alice of Acme"))
                token = each.at("/id").stringValue();
        story.delete(story.cio, "/api/v1/tokens/" + token).expect(204);
        closed(cookie);
    }

    private String open() {
        Caller alice = callers.of(story.cio);
        return tx.write(Scope.NOTHING, db -> sessions.open(db, alice)).text();
    }

    /** A visit is noted beside the request that makes it. */
    private void visit(String cookie) {
        callers.ofSession(cookie);
        while (!tx.read(Scope.NOTHING, db -> db.sql("select max(last_seen_at) from session")
                        .query(Timestamp.class)
                        .single()
                        .toInstant())
                .equals(clock.instant())) Thread.onSpinWait();
    }

    private void closed(String cookie) {
        assertThatThrownBy(() -> callers.ofSession(cookie))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(Problem.NOT_SIGNED_IN));
    }
}
