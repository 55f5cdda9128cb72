package org.minventory.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Scope;
import org.minventory.base.Word;
import org.minventory.element.ElementType;
import org.minventory.element.EndOfSupport;
import org.minventory.element.Rhythm;
import org.minventory.export.DeadlineReader.Deadline;
import org.minventory.export.DeadlineReader.Place;
import org.minventory.export.DeadlineReader.Wanted;
import org.minventory.export.DeadlineReader.What;
import org.minventory.knowledge.Proof;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One statement that finds deadlines of every sort along the indexes of what is known, in the order of lists. Of two sorts
 * it finds what may be one: whether a reservation stands, and which version a version is, tells only the picture.
 */
final class DeadlineSearch {
    /** The day and the key are text, and sort as they do elsewhere. */
    private static final String FIND = """
            select * from (
              select found.*, found.what || ' ' || found.subject || coalesce(' ' || found.about, '') as key
              from ({all}) as found) as d
            where d.what = any(?) and d.day >= ? and d.day <= ? and (d.day, d.key) > (?, ?)
            order by d.day, d.key limit ?""";

    private static final String LIVING = "k.status not in ('decommissioned', 'cancelled')";

    private static final String OF_TERMS = """
            select t.customer_id, t.text collate "C" as day,
                   case t.attribute when 'expires' then 'expiry' when 'reservation' then 'reservation' else 'warranty' end collate "C" as what,
                   k.element_id as subject, k.name, k.type, null as about, null as proven, null as owner, null as payer,
                   null as renewal, null as provider
            from term t join knowledge k on k.customer_id = t.customer_id and k.element_id = t.element_id
            where t.customer_id = any(?) and t.number is null and t.attribute in ('expires', 'warranty.ends', 'reservation')
              and t.text ~>=~ ? and t.text ~<=~ ? and t.text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
              and pg_input_is_valid(t.text, 'date') and {living} and {where}""";

    private static final String OF_RENEWALS = """
            select t.customer_id, t.text collate "C" as day, 'renewal-due' collate "C" as what, k.element_id as subject, k.name,
                   k.type, null as about, null as proven, null as owner, null as payer, null as renewal, null as provider
            from term t join knowledge k on k.customer_id = t.customer_id and k.element_id = t.element_id
            where t.customer_id = any(?) and t.attribute = 'renewal:due' and t.number >= ? and t.number <= ?
              and {living} and {where}""";

    /**
     * Each proof by its time, or by the last time that it was repeated; the last one, and what its type and its schedule
     * await. Walked from what is awaited, whatever the planner thinks of a young table.
     */
    private static final String OF_PROOFS = """
            select p.customer_id, to_char(to_timestamp(p.due) at time zone 'UTC', 'YYYY-MM-DD') collate "C" as day,
                   p.what collate "C" as what, p.subject, p.name, p.type, null as about,
                   case when not p.never then to_char(to_timestamp(p.proven) at time zone 'UTC', 'YYYY-MM-DD') end as proven,
                   null as owner, null as payer, null as renewal, null as provider
            from (
              select one.*, case when one.never then one.proven
                                 when one.schedule is null then one.proven + one.rhythm + one.grace
                                 else one.proven + least(greatest(one.schedule, 0), {longest}) + one.grace end as due
              from (
                select a.customer_id, a.what, a.rhythm, a.grace, k.element_id as subject, k.name, k.type,
                       bool_and(t.text = 'never') as never,
                       max(greatest(t.number, extract(epoch from least(h.last_at, h.heard_at))::float8)) as proven,
                       max(s.number) as schedule
                from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::float8[], ?::float8[])
                       as a (customer_id, type, what, term, rhythm, grace)
                cross join lateral (
                  select t.element_id, t.text, t.number from term t
                  where t.customer_id = a.customer_id and t.attribute = a.term and t.number is not null offset 0) as t
                cross join lateral (
                  select k.customer_id, k.element_id, k.name, k.type, k.status, k.infrastructure from knowledge k
                  where k.customer_id = a.customer_id and k.element_id = t.element_id and k.type = a.type offset 0) as k
                left join lateral (
                  select r.last_at, r.heard_at from hearing r
                  where r.customer_id = a.customer_id
                    and r.seq = case when t.text not in ('never', 'told') then t.text::bigint end offset 0) as h on true
                left join lateral (
                  select s.number from term s
                  where s.customer_id = a.customer_id and s.element_id = t.element_id and s.attribute = 'schedule'
                    and a.what = 'backup-proof' and s.number is not null offset 0) as s on true
                where {living} and {where}
                group by a.customer_id, a.what, a.rhythm, a.grace, k.element_id, k.name, k.type) as one) as p""";

    /** From each version whose support ends in these days, to the elements that told it, and a product that fits. */
    private static final String OF_SUPPORT = """
            select distinct c.customer_id, e.day collate "C" as day, 'end-of-support' collate "C" as what,
                   k.element_id as subject, k.name, k.type, e.about, null as proven, null as owner, null as payer,
                   null as renewal, null as provider
            from unnest(?::uuid[]) as c (customer_id)
            cross join unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                         as e (attribute, first, beyond, naming, names, day, about)
            cross join lateral (
              select t.element_id from term t
              where t.customer_id = c.customer_id and t.number is null and t.attribute = e.attribute
                and t.text ~>=~ e.first and t.text ~<~ e.beyond offset 0) as t
            join knowledge k on k.customer_id = c.customer_id and k.element_id = t.element_id
            where (e.naming is null or exists (
                     select from term n where n.customer_id = c.customer_id and n.element_id = t.element_id
                       and n.attribute = e.naming and n.text = any(string_to_array(e.names, chr(10)))))
              and {living} and {where}""";

    private static final String OF_ORDERS = """
            select o.customer_id, o.day::text collate "C" as day, o.what collate "C" as what, o.order_id as subject,
                   o.number as name, null as type, null as about, null as proven, o.story #>> '{terms,owner}' as owner,
                   o.story #>> '{terms,payer}' as payer, o.story #>> '{terms,renewal}' as renewal, o.provider
            from (select *, expires_on as day, 'order' as what from orders
                  union all select *, notice_until, 'notice' from orders) as o
            where o.customer_id = any(?) and o.cancelled_on is null and o.day is not null""";

    private static final String OF_MANDATES = """
            select m.customer_id, (m.until_at at time zone 'UTC')::date::text collate "C" as day, 'mandate' collate "C" as what,
                   m.mandate_id as subject, null as name, null as type, null as about, null as proven, null as owner,
                   null as payer, null as renewal, t.name as provider
            from mandate m join ops_team t on t.ops_team_id = m.ops_team_id
            where m.customer_id = any(?) and m.state = 'active' and m.until_at is not null""";

    private final Wanted wanted;
    private final Reach reach;
    private final List<UUID> customers;
    private final Conditions limits = new Conditions();
    private final List<String> branches = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    /** @param grants all of several customers, or a part of one */
    DeadlineSearch(Wanted wanted, Reach reach, EndOfSupport endOfSupport, List<Scope.Grant> grants) {
        this.wanted = wanted;
        this.reach = reach;
        this.customers = grants.stream().map(Scope.Grant::customer).toList();
        limits.and("k.customer_id = any(?)", Arrays.of(customers));
        boolean whole = grants.stream().allMatch(Scope.Grant::isWhole);
        if (!whole)
            limits.oneOf("k.infrastructure", grants.getFirst().infrastructures())
                    .oneOf("k.name", grants.getFirst().elements());
        if (isWanted(What.EXPIRY, What.WARRANTY, What.RESERVATION)) terms();
        if (isWanted(What.RENEWAL_DUE)) renewals();
        if (isWanted(What.BACKUP_PROOF, What.RESTORE_PROOF)) proofs();
        if (isWanted(What.END_OF_SUPPORT)) support(endOfSupport);
        if (whole && isWanted(What.ORDER, What.NOTICE)) agreed(OF_ORDERS);
        if (whole && isWanted(What.MANDATE)) agreed(OF_MANDATES);
    }

    private boolean isWanted(What... whats) {
        for (What what : whats) if (wanted.whats().contains(what)) return true;
        return false;
    }

    // ---- where it looks ---------------------------------------------------------------------------------------------

    private void terms() {
        ofElements(
                OF_TERMS,
                List.of(
                        Arrays.of(customers),
                        wanted.from().toString(),
                        wanted.until().toString()));
    }

    private void renewals() {
        double from = wanted.from().toEpochDay();
        double until = wanted.until().toEpochDay();
        ofElements(OF_RENEWALS, List.of(Arrays.of(customers), from, until));
    }

    private void proofs() {
        Arrays awaited = new Arrays("uuid", "text", "text", "text", "float8", "float8");
        for (UUID customer : customers)
            for (ElementType type : reach.vocabulary(customer).types())
                for (Proof.Of of : Proof.Of.values()) {
                    Rhythm rhythm = of.rhythm(type);
                    if (rhythm == null) continue;
                    double every = rhythm.rhythm().toMillis() / 1000.0;
                    double grace = rhythm.grace().toMillis() / 1000.0;
                    String what = ElementDeadlines.what(of).word();
                    awaited.row(customer, type.name(), what, of.term(), every, grace);
                }
        String longest = Long.toString(Proof.LONGEST_SCHEDULE.toSeconds());
        ofElements(OF_PROOFS.replace("{longest}", longest), awaited.columns());
    }

    private void support(EndOfSupport endOfSupport) {
        Arrays ends = new Arrays("text", "text", "text", "text", "text", "text", "text");
        for (EndOfSupport.Product product : endOfSupport.products())
            product.ends().forEach((version, day) -> {
                if (day.isBefore(wanted.from()) || day.isAfter(wanted.until())) return;
                String about = product.label() + " " + version;
                for (String attribute : product.attributes()) {
                    boolean named = attribute.equals(product.sort().version());
                    ends.row(
                            attribute,
                            version,
                            Inventory.Where.after(version),
                            named ? product.sort().naming() : null,
                            named ? String.join("\n", product.names()) : null,
                            day.toString(),
                            about);
                }
            });
        List<Object> leading = new ArrayList<>(List.of(Arrays.of(customers)));
        leading.addAll(ends.columns());
        ofElements(OF_SUPPORT, leading);
    }

    private void ofElements(String select, Collection<?> leading) {
        branches.add(limits.in(select.replace("{living}", LIVING)));
        parameters.addAll(leading);
        parameters.addAll(limits.parameters());
    }

    private void agreed(String select) {
        branches.add(select);
        parameters.add(Arrays.of(customers));
    }

    // ---- what it finds ----------------------------------------------------------------------------------------------

    /** The next ones after a place. */
    List<Deadline> run(JdbcClient db, @Nullable Place after, int limit) {
        return branches.isEmpty()
                ? List.of()
                : find(db, "", after, limit).query((row, n) -> deadline(row)).list();
    }

    /** The plan by which the first ones would be found. */
    String plan(JdbcClient db) {
        return String.join(
                "\n", find(db, "explain ", null, 50).query(String.class).list());
    }

    private JdbcClient.StatementSpec find(JdbcClient db, String how, @Nullable Place after, int limit) {
        List<Object> all = new ArrayList<>(parameters);
        all.add(Arrays.of("text", wanted.whats().stream().map(What::word).toList()));
        all.add(wanted.from().toString());
        all.add(wanted.until().toString());
        all.add(after == null ? "" : after.on().toString());
        all.add(after == null ? "" : after.key());
        all.add(limit);
        return db.sql(how + FIND.replace("{all}", String.join("\nunion all\n", branches)))
                .params(all);
    }

    private static Deadline deadline(ResultSet row) throws SQLException {
        Map<String, String> told = new HashMap<>();
        for (String attribute : ElementDeadlines.ASKED) {
            String value = row.getString(attribute);
            if (value != null) told.put(attribute, value);
        }
        String proven = row.getString("proven");
        return new Deadline(
                row.getObject("customer_id", UUID.class),
                LocalDate.parse(row.getString("day")),
                Word.read(What.class, row.getString("what")),
                row.getObject("subject", UUID.class),
                row.getString("name"),
                row.getString("type"),
                row.getString("about"),
                proven == null ? null : LocalDate.parse(proven),
                told);
    }
}
