package org.minventory.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Bytes on the disk by table. */
record BenchDisk(Map<String, long[]> tables) {

    static BenchDisk of(BenchDatabase database) {
        Map<String, long[]> tables = new LinkedHashMap<>();
        String told = database.ask("""
                select relname, pg_total_relation_size(oid), pg_indexes_size(oid) from pg_class
                where relkind = 'r' and relnamespace = 'public'::regnamespace order by 2 desc;
                select 'testimonies', count(*), 0 from testimony;""");
        told.lines()
                .map(line -> line.split("\t"))
                .forEach(line -> tables.put(line[0], new long[] {Long.parseLong(line[1]), Long.parseLong(line[2])}));
        return new BenchDisk(tables);
    }

    /** What came on top. */
    BenchDisk since(BenchDisk before) {
        Map<String, long[]> more = new LinkedHashMap<>();
        tables.forEach((name, now) -> {
            long[] then = before.tables.getOrDefault(name, new long[2]);
            more.put(name, new long[] {now[0] - then[0], now[1] - then[1]});
        });
        return new BenchDisk(more);
    }

    /** A line per table that grew. */
    void tell(BenchTable table, int elements) {
        long testimonies = tables.getOrDefault("testimonies", new long[] {1, 0})[0];
        long all = 0;
        long indexes = 0;
        for (Map.Entry<String, long[]> one : tables.entrySet()) {
            long[] bytes = one.getValue();
            if (one.getKey().equals("testimonies") || bytes[0] <= 0) continue;
            all += bytes[0];
            indexes += bytes[1];
            line(table, one.getKey(), bytes[0], bytes[1], elements, testimonies);
        }
        line(table, "**all**", all, indexes, elements, testimonies);
    }

    private static void line(BenchTable table, String name, long all, long indexes, int elements, long testimonies) {
        table.size(
                name,
                megabytes(all),
                megabytes(indexes),
                BenchSpread.number((double) all / elements) + " B",
                BenchSpread.number((double) all / Math.max(1, testimonies)) + " B");
    }

    private static String megabytes(long bytes) {
        return BenchSpread.number(bytes / 1e6) + " MB";
    }
}
