package org.minventory.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.minventory.integration.ansible.SetupFacts;
import org.minventory.integration.lshw.LshwSurvey;
import org.minventory.survey.Surveyed;

/** The samples of Ansible and of lshw were captured on the same machine: they must not contradict one another. */
class OneMachineTwoToolsTest {

    private final Surveyed ansible =
            (Surveyed) SetupFacts.read(Samples.read(Samples.ANSIBLE), null).getFirst();
    private final Surveyed lshw = LshwSurvey.read(Samples.read(Samples.LSHW), null);

    @Test
    void theyAgreeOnAllThatBothTellSaveMemory() {
        Set<String> both = new TreeSet<>(ansible.facts().keySet());
        both.retainAll(lshw.facts().keySet());

        assertThat(both).containsExactly("address", "cpu.count", "cpu.model", "hostname", "memory", "nics");
        both.remove("memory");
        assertThat(both).allSatisfy(attribute -> assertThat(lshw.facts().get(attribute))
                .isEqualTo(ansible.facts().get(attribute)));
        assertThat(lshw.name()).isEqualTo(ansible.name());
    }

    /** 24 GiB were installed and 23.54 GiB left by the kernel: both are right, the rule of comparison knows why. */
    @Test
    void ofMemoryEachTellsWhatItSees() {
        assertThat(lshw.facts().get("memory").longValue()).isEqualTo(25_769_803_776L);
        assertThat(ansible.facts().get("memory").longValue()).isEqualTo(24_105L * 1024 * 1024);
    }
}
