package org.minventory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the bench makes of what it measured and read; what it measures is no matter for a test. */
class BenchTest {

    @Test
    void aRowFallsShortOrIsKeptAndBothAreSaid() {
        BenchTable table = new BenchTable();
        table.add(BenchRow.judged("fast work", "9/s", "pgbench: 10/s", "≥ 0.5 ×", "0.90 ×", true));
        table.add(BenchRow.judged("slow | work", "1/s", "pgbench: 10/s", "≥ 0.5 ×", "0.10 ×", false));
        table.add(BenchRow.notMeasured("other work", "≤ 1 s", "gcc is not on the PATH"));
        table.size("knowledge", "1 MB", "0.5 MB", "100 B", "50 B");

        String text = table.markdown(List.of("Machine: 2 cores."), "## Notes\n\nBy hand.");

        assertThat(text)
                .startsWith("# Bench\n")
                .contains("- Machine: 2 cores.")
                .contains("| fast work | 9/s | pgbench: 10/s | ≥ 0.5 × | 0.90 × | kept |")
                .contains("| slow \\| work | 1/s | pgbench: 10/s | ≥ 0.5 × | 0.10 × | **falls short** |")
                .contains("| knowledge | 1 MB | 0.5 MB | 100 B | 50 B |")
                .contains("- slow | work: promised ≥ 0.5 ×, measured 0.10 ×")
                .contains("- other work: not measured: gcc is not on the PATH")
                .endsWith("By hand.\n");
        List<String> rows = text.lines().filter(line -> line.startsWith("| ")).toList();
        assertThat(rows.subList(0, 4)).allSatisfy(row -> assertThat(
                        row.replace("\\|", "").chars().filter(c -> c == '|').count())
                .isEqualTo(7));
    }

    @Test
    void aSpreadIsAMedianBetweenItsEnds() {
        assertThat(BenchSpread.of(List.of(1200.0, 1000.0, 1100.0)).in("/s")).isEqualTo("1,100 [1,000–1,200] /s");
        assertThat(BenchSpread.of(List.of(1.0, 2.0)).median()).isEqualTo(1.5);
        assertThat(BenchSpread.percentile(new long[] {3, 1, 2}, 0.99)).isEqualTo(3);
    }

    @Test
    void statementsAndTheirParametersAreReadFromTheLog() {
        String log = """
                #minventory_app# LOG:  execute <unnamed>: begin
                #postgres# LOG:  statement: select 1
                #minventory_app# LOG:  execute S_3: select *
                \tfrom knowledge where name = $1 and seq = $2 and tags = $3
                #minventory_app# DETAIL:  Parameters: $1 = 'it''s, $2 = ''x''', $2 = NULL, $3 = '{a,b}'
                #minventory_app# LOG:  execute <unnamed>:\s
                #minventory_app# LOG:  execute <unnamed>: commit
                """;

        List<BenchRecorder.Statement> read = BenchRecorder.statements(log, "minventory_app");

        assertThat(read)
                .extracting(BenchRecorder.Statement::sql)
                .containsExactly(
                        "begin", "select *\nfrom knowledge where name = $1 and seq = $2 and tags = $3", "commit");
        assertThat(read.get(1).parameters()).containsExactlyElementsOf(Arrays.asList("it's, $2 = 'x'", null, "{a,b}"));
    }

    @Test
    void theHeapIsTheTotalOfItsClasses() {
        String histogram = """
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:        130221       12345678  [B (java.base@25)
                Total       1054321       45000000
                """;

        assertThat(BenchMemory.total(histogram).orElseThrow()).isEqualTo(45);
    }
}
