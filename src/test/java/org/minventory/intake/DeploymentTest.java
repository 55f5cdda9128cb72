package org.minventory.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.base.Scope;
import org.minventory.element.Status;

/** A deployment is a step of a life if it came to its end, in whichever words its report says so. */
class DeploymentTest {
    private static Status report(Acme acme, String facts) {
        return acme.tell(acme.ansible, "{'kind':'deployment-report','element':'web-1','facts':{" + facts + "}}")
                .element()
                .status();
    }

    private static List<String> notices(Acme acme) {
        return acme.tx.read(
                Scope.whole(acme.id), db -> db.sql("select type from notice where type like 'deployment%' order by no")
                        .query(String.class)
                        .list());
    }

    @Test
    void whatFailedOrWasAPartMovesNoStatusAndSaysSo() {
        try (Acme acme = new Acme()) {
            acme.tell(acme.ops, "{'kind':'wish','element':'web-1','facts':{'memory':'8 GiB'}}");
            acme.tell(acme.ops, "{'kind':'delivery-notice','element':'web-1','facts':{'memory':'8 GiB'}}");
            assertThat(report(acme, "'deployment.result':'FAILURE'")).isEqualTo(Status.DELIVERED);
            assertThat(report(acme, "'deployment.result':'unreachable'")).isEqualTo(Status.DELIVERED);
            assertThat(report(acme, "'deployment.result':'partial','memory':'8 GiB'"))
                    .isEqualTo(Status.DELIVERED);
            assertThat(notices(acme)).containsExactly("deployment.failed", "deployment.failed", "deployment.reported");
            assertThat(report(acme, "'deployment.result':'success'")).isEqualTo(Status.DEPLOYED);
            assertThat(report(acme, "'deployment.result':'unreachable'")).isEqualTo(Status.DEPLOYED);
            assertThat(acme.best("web-1", "memory")).isEqualTo(Long.toString(8L << 30));
            assertThat(acme.count("select count(*) from divergence")).isZero();
            SpineTest.same(acme);
        }
    }
}
