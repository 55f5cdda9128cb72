package org.minventory.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minventory.element.EndOfSupport.Sort;

/** The shipped days, and what an instance writes over them. */
class EndOfSupportFileTest {
    private static final EndOfSupport SHIPPED = EndOfSupport.shipped();

    private static String of(EndOfSupport days, Sort sort, String name, String version) {
        EndOfSupport.End end = days.of(sort, name, version);
        return end == null ? "" : end.about() + " " + end.on();
    }

    @Test
    void the_shipped_days_are_whole() {
        List<String> labels = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (EndOfSupport.Product product : SHIPPED.products()) {
            labels.add(product.label());
            product.names().forEach(name -> names.add(product.sort() + " " + name));
            assertThat(product.names()).allSatisfy(name -> assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT)));
            assertThat(product.ends()).isNotEmpty();
            product.ends().forEach((version, day) -> {
                assertThat(day).isBetween(LocalDate.of(2010, 1, 1), LocalDate.of(2045, 1, 1));
                String name = product.names().getFirst();
                assertThat(of(SHIPPED, product.sort(), name, version)).endsWith(day.toString());
            });
        }
        assertThat(labels)
                .contains(
                        "Debian",
                        "Ubuntu",
                        "Red Hat Enterprise Linux",
                        "AlmaLinux",
                        "Rocky Linux",
                        "PostgreSQL",
                        "MySQL",
                        "MariaDB",
                        "PHP",
                        "Python",
                        "Node.js",
                        "Java",
                        "Ruby");
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void the_longest_version_that_fits_counts() {
        EndOfSupport days = SHIPPED.with("""
                thing: {is: software, ends: {"1": 2030-01-01, "1.2": 2031-01-01, "1.10": 2032-01-01}}
                """);
        assertThat(of(days, Sort.SOFTWARE, " Thing ", "1.2.3")).isEqualTo("thing 1.2 2031-01-01");
        assertThat(of(days, Sort.SOFTWARE, "thing", "1.1")).isEqualTo("thing 1 2030-01-01");
        assertThat(of(days, Sort.SOFTWARE, "thing", "1.10")).isEqualTo("thing 1.10 2032-01-01");
        assertThat(of(days, Sort.SOFTWARE, "thing", "10")).isEmpty();
        assertThat(of(days, Sort.OPERATING_SYSTEM, "thing", "1")).isEmpty();
    }

    @Test
    void a_file_adds_names_moves_days_and_takes_some_away() {
        EndOfSupport days = SHIPPED.with("""
                # what we know better
                debian:
                  label: our Debian
                  names: [Debian of ours]
                  ends:
                    12: 2033-06-30
                    "11": ~
                """);
        assertThat(of(days, Sort.OPERATING_SYSTEM, "DEBIAN OF OURS", "12.1")).isEqualTo("our Debian 12 2033-06-30");
        assertThat(of(days, Sort.OPERATING_SYSTEM, "Debian", "11")).isEmpty();
        assertThat(of(days, Sort.OPERATING_SYSTEM, "Debian", "13")).isEqualTo("our Debian 13 2030-06-30");
        assertThat(days.fingerprint()).isNotEqualTo(SHIPPED.fingerprint());
        assertThat(SHIPPED.with("").fingerprint()).isEqualTo(SHIPPED.fingerprint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "debian: [ | 1 | no YAML",
                "- debian | 1 | Names are expected",
                "debian: 12 | 1 | Names are expected",
                "#\\ndebian:\\n  ends: {12: soon} | 3 | “soon” is not a date",
                "debian:\\n  ends:\\n    12: 2028-06-31 | 3 | “2028-06-31” is not a date",
                "debian:\\n  ends:\\n    12: 9999-12-31 | 3 | between 1970 and 2200",
                "debian:\\n  ends:\\n    12: [2028-06-30] | 3 | A text of 1 to 100 characters",
                "debian:\\n  ends:\\n    …: 2028-06-30 | 3 | “…” is not a version",
                "debian:\\n  ends:\\n    12: 2028-06-30\\n    12: 2029-06-30 | 4 | stands here twice",
                "debian:\\n  until: {12: 2028-06-30} | 2 | “until” is not known here; the members are ends, is, label, names",
                "thing:\\n  ends: {1: 2030-01-01} | 2 | “is” is missing",
                "thing:\\n  is: a thing | 2 | “a thing” is not one of operating-system, software",
                "debian:\\n  names: debian | 2 | A list is expected",
                "a: &a {is: software, ends: {1: 2030-01-01}}\\nb: {is: *a} | 1 | A text of 1",
            })
    void what_does_not_fit_is_told_with_its_line(String yaml, int line, String sentence) {
        UnfitFile unfit = catchThrowableOfType(UnfitFile.class, () -> SHIPPED.with(yaml.replace("\\n", "\n")));
        assertThat(Objects.requireNonNull(unfit).line()).isEqualTo(line);
        assertThat(unfit.sentence().in(Locale.ENGLISH)).contains(sentence);
        assertThat(unfit.sentence().in(Locale.FRENCH))
                .isNotEqualTo(unfit.sentence().in(Locale.ENGLISH));
    }
}
