package org.minventory.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.minventory.integration.ansible.SetupFacts;
import org.minventory.integration.lshw.LshwSurvey;
import org.minventory.integration.survey.SurveyBundle;
import org.minventory.survey.Surveyed;

/**
 * The samples of Ansible, of lshw and of the tools that survey.sh asks were captured on the same machine: they must not
 * contradict one another.
 */
class OneMachineThreeToolsTest {

    private final Surveyed ansible =
            (Surveyed) SetupFacts.read(Samples.read(Samples.ANSIBLE), null).getFirst();
    private final Surveyed lshw = LshwSurvey.read(Samples.read(Samples.LSHW), null);
    private final Surveyed bundle = SurveyBundle.read(Samples.bundle(), null);

    @Test
    void theyAgreeOnAllThatBothTellSaveMemory() {
        Set<String> both = toldByBoth(lshw, ansible);

        assertThat(both).containsExactly("address", "cpu.count", "cpu.model", "hostname", "memory", "nics");
        both.remove("memory");
        agree(both, lshw, ansible);
        assertThat(lshw.name()).isEqualTo(ansible.name());
    }

    @Test
    void theBundleTellsAllThatLshwTells() {
        Set<String> both = toldByBoth(lshw, bundle);

        assertThat(both).isEqualTo(lshw.facts().keySet());
        both.remove("memory");
        agree(both, lshw, bundle);
        assertThat(bundle.name()).isEqualTo(lshw.name());
    }

    /**
     * Of the system the file says "Debian GNU/Linux" and "12", Ansible "Debian" and "12.11"; of the hypervisor Ansible
     * looks harder. Of memory Ansible tells whole MiB.
     */
    @Test
    void theBundleTellsAllThatAnsibleTells() {
        Set<String> both = toldByBoth(ansible, bundle);

        assertThat(both).isEqualTo(ansible.facts().keySet());
        assertThat(bundle.facts().keySet()).isEqualTo(both);
        both.removeAll(Set.of("memory", "os.name", "os.version", "virtualization"));
        agree(both, ansible, bundle);
    }

    /** 24 GiB were installed and 23.54 GiB left by the kernel: both are right, the rule of comparison knows why. */
    @Test
    void ofMemoryEachTellsWhatItSees() {
        assertThat(lshw.facts().get("memory").longValue()).isEqualTo(25_769_803_776L);
        assertThat(ansible.facts().get("memory").longValue()).isEqualTo(24_105L * 1024 * 1024);
        assertThat(bundle.facts().get("memory").longValue()).isEqualTo(24_684_084L * 1024);
    }

    private static Set<String> toldByBoth(Surveyed one, Surveyed other) {
        Set<String> both = new TreeSet<>(one.facts().keySet());
        both.retainAll(other.facts().keySet());
        return both;
    }

    private static void agree(Set<String> attributes, Surveyed one, Surveyed other) {
        assertThat(attributes).allSatisfy(attribute -> assertThat(other.facts().get(attribute))
                .isEqualTo(one.facts().get(attribute)));
    }
}
